/// What stands behind a command: equations, the 2021 paper's numbers, and the reading in force where the paper leaves a
/// choice. `explain` adds the options of the command that change the reading.
package struct Explanation: Sendable {
  package let commands: [String]
  package let title: String
  package let text: String

  /// The one for a command; `nil` where there is nothing behind it but its help.
  package static func of(_ command: String) -> Explanation? { all.first { $0.commands.contains(command) } }

  package static let all: [Explanation] = [
    Explanation(
      commands: ["train-gan", "step", "train-system"], title: "Adversarial training (§3 to §5 of the 2021 paper)",
      text: """
        Two networks learn against each other. G draws a map of non-perfusion; D is shown true and drawn maps and says of each
        whether it is real (De, the map as a whole) and where (Dd, pixel by pixel).

          L    = α·L_bce(G(X), Y) + β·L_DC + γ·L_DP     α, β, γ = 10, 1, 1     (1)   G learns this
          L_D  = L_DC + L_DP                                                   (2)   D learns this
          L_bce = −Σᵢ ( yᵢ·log ŷᵢ + (1 − yᵢ)·log(1 − ŷᵢ) )                     (3)
          L_DC = mse(De(X_D), Y_DC)     Y_DC = 1: a real map, 0: a drawn one   (4)
          L_DP = mse(Dd(X_D), Y_DP)                                            (5)
          mse  = (1/n)·Σᵢ (yᵢ − ŷᵢ)²                                           (6)
          Y_DP = ones for a real map; G(X) ⊕ Y for a drawn one                 (7)

        Numbers of the paper: Adam at 0.0002, batches of 2, 100 epochs.

        The reading in force, and what changes it:
          Eq. 3 is a sum, Eq. 6 a mean. Here both are means, as Keras computes them.          bce: sum
          Eq. 7: ⊕ is 1 where pixels differ, but the paper's sentence says 1 where they agree.
          Agreement holds.                                                     pixel-target: xor, soft
          D sees G's probabilities themselves; only Y_DP thresholds them at 0.5.    generated: hard
          D sees the angiogram beside the map.                condition: none (pixel-discriminator)
          Real and drawn maps go through D separately, and their losses add up.
          In Eq. 1, G wants 1 from both of D's answers.
          D takes one step, then G one, on every batch.                                  d-steps:
          Adam: β₁ 0.9, β₂ 0.999, ε 1e-7.                               beta1: beta2: epsilon:
          The last epoch's weights are kept.                            keep: best with validation:

          Batch norm predicts with statistics of the training images, measured with the final
          weights.                                                      statistics: running

        Not of the paper: dice: adds 1 − the soft DSC to L_bce, and schedule: lets the rate fall.

        See it happen: s = step eyes width: 8, then show s.figure, print s.losses, describe s.
        """),
    Explanation(
      commands: ["train-net"], title: "Training a network alone",
      text: """
          L_bce = −Σᵢ ( yᵢ·log ŷᵢ + (1 − yᵢ)·log(1 − ŷᵢ) )     (3)

        The U-Net and the FCN-8s of the paper's Table 1 learn this. Here it is the mean over pixels, as Keras computes it;
        `bce: sum` takes the formula. Adam at 0.0002, batches of 2, 100 epochs. `dice: 1` adds 1 − the soft DSC,
        1 − (2·Σ p·y + 1) / (Σ p + Σ y + 1), which small regions need more than the cross-entropy gives them.
        """),
    unet,
    pixelDiscriminator,
    Explanation(
      commands: ["metrics", "paper-table", "compare"], title: "The measures (§6 of the 2021 paper)",
      text: """
          SEN = TP / (TP + FN)                           (8)
          SPE = TN / (FP + TN)                           (9)
          ACC = (TP + TN) / (TP + FP + TN + FN)         (10)
          DSC = 2·|P ∩ T| / (|P| + |T|)                 (11)

        Each image gives its own; the table has the mean ± the standard deviation (divided by n) over the images, in percent.

        The reading in force:
          Pixels inside the field of view count.
          A map is brought to its image's own size, then cut at 0.5.
          Where mask and prediction are both empty, DSC is 1 and the table says how many such images there were; SEN is then
          undefined and left out of its mean. `empty-masks:` of compare has other conventions. HD95 is a distance between two
          outlines: images where mask or prediction is empty have none, and means say how many images they are over.
          Pooled numbers count all images' pixels together; few images make the mean unstable, not the pooled one.
        """),
    augment,
    Explanation(
      commands: ["predict", "threshold"], title: "From probabilities to a mask (§6 of the 2021 paper)",
      text: """
        G(X) is brought back to the angiogram's own size by bilinear resampling; a pixel is non-perfused where it is at least
        0.5. With few training images 0.5 is seldom the best level: `compare … hold-out: rotating` learns one from training
        patients that a network has not seen, and shifts the logits so that it becomes 0.5.
        """),
    Explanation(
      commands: ["dark-threshold"], title: "The floor",
      text: """
        A pixel is marked where the mean of its 7 × 7 neighbours is below t times the mean of its 81 × 81 ones, both inside
        the field of view. t has the highest mean DSC on the images that it is chosen on. A method that does not beat this
        has learnt nothing worth its network.
        """),
    masks,
  ]
}
