import Language

extension Explanation {
  /// What `compare` and `ensemble` do between networks' probabilities and marks.
  static let mapsToMarks = Explanation(
    commands: ["ensemble"],
    topics: ["hold-out", "relative-level", "tta", "test-time augmentation", "operating level"],
    title: "From the maps of networks to marks",
    text: """
      Networks give each pixel a probability p of non-perfusion. What becomes of it, in this order:

        p  = mean of t⁻¹(G(t(X))) over eight turns t, by quarters, mirrored or not            tta: true
        p  = mean over the networks of a fold, or of `ensemble`                               ensemble:
        x  = log(p / (1 − p)) − s·m     m: mean log-odds of the field of view                 relative-level: s
        p  = 1 / (1 + exp(−x))
        p  = 0 within r px, of an image 512 px wide, of where the fovea most likely is        fovea: r
        marked where p ≥ ℓ              ℓ = 0.5 where it is neither learnt nor given          hold-out: rotating, level: ℓ

      hold-out: rotating lets each network of the ensemble leave out another part of the training patients. On the maps of
      those, prepared as above, ℓ = 0.05, 0.06, … 0.95 are tried, and the one with the highest pooled DSC is taken, the nearest
      to 0.5 of several:

        DSC = 2·TP / (2·TP + FP + FN)     TP, FP and FN counted over all of these images together

      Probabilities are then shifted so that ℓ becomes 0.5: p·(1 − ℓ) / ( p·(1 − ℓ) + ℓ·(1 − p) ). Their order stays, and so
      do ROC and precision–recall curves. Patients who are tested choose nothing.

      relative-level: each map loses the share s of the mean of its log-odds before it is cut, at 0.5 or at the level that is
      learnt, which is then looked for in steps of 0.1 of log-odds. s = 0 trusts how sure networks are of an image as a whole;
      with s = 1 what stands out of it is marked, and nothing where nothing does. For x no p is less than 0.001 or more than
      0.999, for m none less than 0.05 or more than 0.95: with s = ½, what is marked at 0.5 has a p of 0.19 at least where the
      network is sure of nothing, and of 0.81 where it is sure of all.

      fovea: it is the place that somebody has marked, else the one where `landmarks` would look first, however sure. Its
      avascular zone is as dark and as bare as non-perfusion, and is none.

      `stacked` has parameters for the last two of its own: centring and fovea.
      """)
}
