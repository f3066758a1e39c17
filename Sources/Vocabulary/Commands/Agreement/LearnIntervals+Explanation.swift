import Language

extension Explanation {
  static let intervalsOfAreas = Explanation(
    commands: ["uncertainty", "learn-intervals", "coverage"], title: "How far an area can be from the truth",
    text: """
      `uncertainty` makes several maps of each eye: of the picture turned and mirrored in eight ways (test-time
      augmentation), or by the members of an ensemble. How far their areas lie apart, s, says which eyes are hard. It does
      not say how wrong an area is: what all maps get wrong alike shows in none of them.

      That is learnt from eyes with masks that the method has not learnt from (split conformal prediction, Lei et al. 2018).
      Half an interval is
        factor · √(s² + (perimeter × ½ px)² + floor²),
      the floor the median error of those eyes as a share of their gradable retina, the factor the quantile
      ⌈(n + 1)·level⌉ of their errors in these units. Whatever the errors are like, an interval then holds the truth of
      about the level's share of new eyes of the same kind: the same network, camera, disease and graders, an eye a
      patient. 95 % needs 19 eyes or more; of few eyes the share itself is unsure (of 60, 95 % may be 90 or 99 %).

      `coverage` counts on other eyes whether it is so. Monte Carlo dropout needs a network with dropout; none here has it.
      """)
}
