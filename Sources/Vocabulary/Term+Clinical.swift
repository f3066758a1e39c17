extension Term {
  /// What a clinician asks of a mask, in words.
  static let clinical = [
    Term(
      "ischemic index", "ischaemic index", "ISI",
      text: """
        Non-perfused ÷ gradable retina, in per cent (Tsui et al. 2011). `ischemic-index` gives it with the gradable share of
        the field beside it.
        """),
    Term(
      "disc area", "disc areas", "DA",
      text: """
        2.54 mm², that of an optic disc 1.8 mm across; with `disc-area: 1.77` of one of 1.5 mm. Central vein occlusion is called
        ischemic from 10 disc areas on (CVOS), branch vein occlusion from 5 on (BVOS).
        """),
    Term(
      "foveal avascular zone", "FAZ",
      text: """
        The middle of the fovea, which has no capillaries in health. `foveal-zone:` counts what is marked of it, leaves it out, or
        takes 0.16 disc areas off (COMS).
        """),
    Term(
      "ETDRS grid", "ETDRS",
      text: """
        Circles of 1, 3 and 6 mm in diameter around the fovea, both rings in quadrants (ETDRS report 10): `grid` draws it.
        """),
    Term(
      "transit phase", "phase of the angiogram",
      text: """
        While the dye first passes the capillaries: non-perfusion is read then. In late frames leakage hides it. Said by `annotate
        … phase: transit`, or in a manifest's column.
        """),
    Term(
      "gradable retina", "ungradable", "gradable",
      text: """
        The field of view without what nobody can grade: ungraded in the mask, or found by `find-ungradable`. Every area and
        index is of it alone.
        """),
    Term(
      "smallest detectable change", "minimal detectable change", "grading noise",
      text: """
        1.96·√2·SD of what two gradings of one frame differ by: a change below it may be noise. `change … disease: brvo` knows
        published SDs, `replicate-sd:` takes yours.
        """),
    Term(
      "conformal prediction", "prediction interval", "coverage of intervals", "spread", "spreads",
      text: """
        Intervals as wide as errors were on eyes whose truth is known: they hold the truth as often as they say, whatever the
        errors are like. `learn-intervals` makes them, `coverage` counts. A spread is what half an interval is a multiple of: how
        far the maps of an eye lie apart, its outline, and the median error of all eyes.
        """),
  ]
}
