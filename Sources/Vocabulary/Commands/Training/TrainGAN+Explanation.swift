import Language

extension Explanation {
  /// The contest of Eq. 1 to 7, and what changes its reading.
  static let adversarialTraining = Explanation(
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

      Angiograms that nobody has marked (unlabelled:) teach G too (Hung et al. 2018), from the epoch that
      unlabelled-from: names. D says of each pixel of G's map whether it is right; where Dd is more than 0.2
      (trust:) the pixel is learnt as G itself decides it, z = 1 where ŷ ≥ 0.5:

        L_semi = −Σᵢ [Dd > T]ᵢ·( zᵢ·log ŷᵢ + (1 − zᵢ)·log(1 − ŷᵢ) ) / Σᵢ [Dd > T]ᵢ

      and L gets α·0.1·L_semi (unlabelled-weight:). z and the pixels trusted have no gradient, and D learns
      nothing from these maps; unlabelled-adversarial: adds what D says of them to what G learns. Batch norm
      predicts with statistics of the labelled images (statistics: population). The source's D is taught 0
      for every drawn pixel, this one 1 where G is right (Y_DP), so that its answers lie higher. At 0.2 nearly
      all pixels are trusted, as the column `trusted` of the history shows, and `trust: 0.9` is a choice.

      Not of the paper: dice: adds 1 − the soft DSC to L_bce, and schedule: lets the rate fall.

      See it happen: s = step eyes width: 8, then show s.figure, print s.losses, describe s.
      """)
}
