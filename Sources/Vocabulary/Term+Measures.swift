import Angiography

extension Term {
  /// What predictions are judged by.
  static let measures = Measure.all.map { Term($0) } + kindred

  private init(_ measure: Measure) {
    let names = [measure.symbol] + measure.otherNames
    self.init(names: names + (measure.heading == measure.symbol ? [] : [measure.heading]), text: measure.explanation)
  }

  /// What stands near the measures: losses, counts, curves.
  private static let kindred = [
    Term(
      "soft Dice", "Dice loss", "soft Dice loss",
      text: """
        1 − (2·Σ p·y + 1) / (Σ p + Σ y + 1): the DSC of probabilities, which a network can learn from. `dice: 1` of the
        trainings adds it to L_bce.
        """),
    Term(
      "precision", "PPV", "positive predictive value",
      text: """
        TP / (TP + FP)

        The share of the marked pixels that are non-perfused. `precision-recall` draws it against SEN, threshold by
        threshold.
        """),
    Term(
      "lesion SEN", "lesion sensitivity", "lesion-wise sensitivity", "lesion recall", "false lesions",
      "false lesions an image", "lesion-wise measures", "lesions", "lesion", "lesion counts",
      text: """
        Lesions counted one by one, whatever their size: the share of the true ones that are found, and how many of the marked
        ones are false. A large lesion that is found says nothing about ten small ones that are not, as the DSC may.
        `lesion-metrics` and `.lesions` of a comparison have them.
        """),
    Term(
      "TP, FP, TN, FN", "TP", "FP", "TN", "FN", "confusion matrix", "true positive", "false positive", "true negative",
      "false negative", "true positives", "false positives", "true negatives", "false negatives",
      text: """
        The four counts of pixels behind every measure, inside the field of view:
          TP  marked, and non-perfused in the mask         FP  marked, and perfused
          TN  unmarked, and perfused                       FN  unmarked, and non-perfused
        `m.images` of metrics m has them for each image.
        """),
    Term(
      "ROC", "AUC", "ROC curve", "area under the curve", "AUROC",
      text: """
        SEN against 1 − SPE, over all thresholds of a probability and the pixels of all images together. AUC, the area below
        it, is the chance that a non-perfused pixel has the higher probability of two: 0.5 is guessing, 1 is perfect.
        `roc` draws it.
        """),
    Term(
      "average precision", "AP", "precision–recall curve", "AUPRC",
      text: """
        Σ (recallₖ − recallₖ₋₁)·precisionₖ over all thresholds k: one number for a curve of `precision-recall`. Guessing gets
        the share of non-perfused pixels, which makes it the stricter curve where that is small.
        """),
  ]

  /// What stands beside the measures in tables.
  static let statistics = [
    Term(
      "mean ± SD", "SD", "standard deviation", "mean and standard deviation",
      text: """
        Each image has its own measure; these are their mean and their standard deviation, divided by n, as NumPy does it
        where nothing else is said. It tells how much images differ, not how sure the mean is.
        """),
    Term(
      "pooled", "pooled DSC", "micro average",
      text: """
        The measure of all images' pixels counted together. Images with much non-perfusion weigh more than in the mean, and
        a single odd image less.
        """),
    Term(
      "95 % of mean DSC", "95%", "confidence interval", "CI", "bootstrap", "BCa",
      text: """
        Where the mean DSC would lie for other patients like these, 95 times in 100: a BCa bootstrap, which draws whole
        patients anew with repetition. Methods whose intervals overlap may still differ: p compares them patient by patient.
        """),
    Term(
      "p", "p-value", "Wilcoxon", "signed-rank test", "Wilcoxon signed-rank test", "Holm", "Holm correction",
      text: """
        How likely differences as large as these are if a method is no other than the baseline: Wilcoxon's signed-rank test of
        the patients' mean DSC. Holm's correction raises it, as several methods are tested at once. Few patients can't make it
        small: with five the least is 0.0625.
        """),
    Term(
      "fold", "folds", "cross-validation", "k-fold",
      text: """
        The images are cut into parts; each part in turn is predicted by networks trained on the others, so that every image
        is judged by a network that has not seen it. Images of one patient stay in one part. `compare` does so by itself.
        """),
    Term(
      "hold-out", "validation", "validation set", "early stopping",
      text: """
        Images put aside from training, to choose by: the epoch whose weights are kept (`keep: best`), when to stop
        (`patience:`), the level of a mark (`hold-out: rotating`). They are neither trained on nor part of the test, which
        would flatter the result.
        """),
  ]
}
