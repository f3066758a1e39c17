extension Term {
  /// What agreement of graders, and of probabilities with the truth, is told by.
  static let agreement = [
    Term(
      "κ", "kappa", "Cohen's kappa", "Cohen's κ",
      text: """
        (seen − expected) / (1 − expected), of the shares in which two gradings agree: 1 in everything, 0 as often as by chance
        (Cohen 1960). `agreement` takes it over pixels, of several graders as the mean over pairs.
        """),
    Term(
      "ICC(2,1)", "ICC", "intraclass correlation",
      text: """
        The share of the variance of areas that is of the angiograms, not of the graders: 1 where all measure the same. Absolute
        agreement of single measurements, graders drawn at random (McGraw & Wong 1996).
        """),
    Term(
      "limits of agreement", "Bland–Altman", "Bland-Altman",
      text: """
        mean difference ± 1.96·SD: where 95 % of the differences between two graders' areas lie (Bland & Altman 1986). The
        intervals of the limits are exact for normal differences (Carkeet 2015).
        """),
    Term(
      "STAPLE",
      text: """
        A consensus of several masks: how probably each pixel is non-perfused, and each grader's sensitivity and specificity, each
        found from the other (Warfield, Zou & Wells 2004). Two graders are too few to tell who is right.
        """),
    Term(
      "ECE", "expected calibration error", "MCE", "maximum calibration error", "calibration error",
      text: """
        The mean distance, bin by bin, between the probability that was predicted and the share that is true; MCE is the largest.
        `reliability` gives both, `calibrate` makes them small.
        """),
    Term(
      "Brier score", "Brier",
      text: """
        The mean of (probability − truth)² over pixels, in [0, 1]: 0 for maps that are sure and right.
        """),
    Term(
      "temperature scaling", "isotonic regression", "calibrator",
      text: """
        Two functions of probabilities that `calibrate` fits on training cases: σ(logit / T) with one number T (Guo et al. 2017),
        or any function that never falls (Zadrozny & Elkan 2002).
        """),
  ]
}
