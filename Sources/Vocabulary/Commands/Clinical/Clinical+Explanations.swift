import Language

extension Explanation {
  static let retinalMeasures = Explanation(
    commands: [
      "ischemic-index", "lesions", "grid", "annotate", "landmarks", "find-ungradable", "course", "clinical-report",
    ], title: "Area and place of non-perfusion",
    text: """
      ischemic index = non-perfused ÷ gradable retina (Tsui et al. 2011). Gradable is the field of view without what is
      ungraded in the mask, or found by `find-ungradable`: dark at the rim, blinded by glare, blurred. What nobody can
      grade is neither perfused nor non-perfused; its share stands beside every index.

      Scale, in this order and never guessed:
        mm-per-pixel     as it is known
        field-angle      of the camera: 17 mm of retina a radian (ISO 10940)
        disc-diameter    of a disc that somebody has marked: 1.8 mm
      Without one there are pixels and per cent alone. A disc that `landmarks` has found gives no scale.

      A disc area is 2.54 mm² (a disc of 1.8 mm), or with `disc-area: 1.77` that of one of 1.5 mm. Occlusion of the
      central vein is called ischemic from 10 disc areas on (CVOS), of a branch from 5 on (BVOS). Of the foveal
      avascular zone, which has no capillaries in health, `foveal-zone:` counts what is marked, leaves 0.16 × 2.54 mm²
      around the fovea out, or takes as much off the area (COMS); which of these is said beside the numbers.

      `grid` cuts the retina around fovea or disc: etdrs has rings of 1, 3 and 6 mm in diameter and quadrants (ETDRS
      report 10), clock rings × hours, polar cells of one area, zones end at 10 and 15 mm. Nasal and temporal go by the
      eye, else by the side of the disc. Each share is of what is gradable in the cell.

      `landmarks` looks for the disc where vessels converge (Hoover and Goldbaum 2003, with votes by direction) and for
      the fovea at the darkest place with fewest vessels at the usual distance from it; how both are weighed is ours.
      What is found with a confidence of 0.8 or more is taken (`least:`). On 200 phantoms of 256 pixels and 200 of 512 that
      was 55 and 58 %, of which 95 and 91 % were right (the disc within half its diameter, the fovea within 1 mm); of 30
      real frames that were taken 27 were, by eye: with a branch occlusion an arcade's crossing can pass for the disc. Look
      at `grid` before you trust it.

      Frames are read in the transit phase; `course`, `change` and the page warn of others.
      """)

  static let changeBetweenVisits = Explanation(
    commands: ["register", "warp", "change", "move"], title: "Registration, and what changed between visits",
    text: """
      `register` finds middle lines of vessels in both frames (ridges of the Hessian) and lays the follow-up on the baseline:
      a coarse search over turns, scales and shifts by direction-aware distance maps, then iterated closest points with
      Tukey's weights, from coarse to fine. `model:` is similarity (4 parameters), affine (6) or quadratic (12; Can et al.
      2002); left out, the stiffest that no other betters. The error is estimated from how far vessels stay apart and
      from where in the field they lie. Frames that agree no better than those of different eyes are refused.

      `change` compares the masks where both frames show gradable retina. Borders are known within a band only,
        band = √(registration error² + border²),
      with `border:` what a drawn border is usually off. Where the borders of both visits run within the band of each other,
      what lies between counts as no change; what reaches farther counts to its last pixel.

      The ranges move every border by the band to one side: bounds, not chances. `learn-intervals` makes intervals that
      hold gained, lost and net together with 95 %, from changes whose truth is known or from eyes photographed twice.

      `disease:` and `replicate-sd:` tell what two gradings of one frame differ by: the smallest change of the ischemic
      index that is not grading noise is 1.96·√2·SD, with SD 3.8 points in branch and 13.0 in central vein occlusion, 17.8
      in diabetic retinopathy (Tsui et al. 2015, ultra-widefield): 10.5, 36 and 49 points.
      """)
}
