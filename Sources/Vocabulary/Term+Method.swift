extension Term {
  /// What is looked for, and in what.
  static let problem = [
    Term(
      "CNP", "capillary non-perfusion", "non-perfusion", "nonperfusion", "capillary nonperfusion", "capillary dropout",
      "ischemia", "ischaemia",
      text: """
        Capillaries have closed, and blood no longer reaches a patch of the retina. In a fluorescein angiogram the patch stays
        dark and lacks the fine texture of capillaries, though large vessels in it may shine. It has any shape and size, and
        grey levels near those of healthy retina: that is why a threshold alone fails. Its area and how that changes
        between visits help to choose a treatment.
        """),
    Term(
      "FFA", "fluorescein angiogram", "fluorescein angiography", "angiogram", "fundus fluorescein angiography", "FA",
      text: """
        A photograph of the retina after a dye that glows has been injected: blood is bright, and what it does not reach is
        dark. Here it is one grey channel in [0, 1]. `load` reads them, `phantom` draws them.
        """),
    Term(
      "field of view", "FOV",
      text: """
        The part of a photograph that shows retina, without the dark frame of the camera. Measures and areas count its
        pixels alone; `within: image` of metrics counts all.
        """),
    Term(
      "ground truth", "truth", "annotation", "grading",
      text: """
        The mask that a person drew, or that a phantom knows: what is non-perfused. Predictions are compared with it. `explain
        load` tells how a file of it is read.
        """),
    Term(
      "probability", "probability map", "logit", "logits", "sigmoid",
      text: """
        A network gives each pixel a number x, its logit, and the sigmoid 1 / (1 + exp(−x)) makes a probability of it. Where
        that is at least 0.5 the pixel is marked: explain predict.
        """),
  ]

  /// The systems of the paper's Table 1, and parts of them.
  static let systems = [
    Term(
      "GAN", "generative adversarial network", "adversarial training",
      text: """
        A generator G and a discriminator D that learn against each other: D learns to tell G's maps from the masks, and G to
        be taken for them. Here G is shown the angiogram, and learns from the mask too (α·L_bce). More: explain train-gan.
        """),
    Term(
      "pixel-gan", "pixel-discriminating GAN", "pixel discriminating GAN", "pixel GAN",
      text: """
        The method of the 2021 paper: a U-Net as the generator, and a discriminator that answers twice, for the map as a
        whole (De) and for each of its pixels (Dd), so that G is told where it is wrong. `train-gan` trains it, `train-system
        … system: pixel-gan` too. More: explain train-gan, explain unet, explain pixel-discriminator.
        """),
    Term(
      "cgan", "cGAN", "conditional GAN", "pix2pix", "patch discriminator", "PatchGAN",
      text: """
        A U-Net and a discriminator that judges patches of the map, and sees the angiogram beside it: its judgement is
        conditional on that. The baseline of the paper's Table 1.
        """),
    Term(
      "cgan-aspp", "cGAN + ASPP", "ASPP", "atrous spatial pyramid pooling", "atrous spatial pyramid",
      "atrous convolution",
      "dilated convolution",
      text: """
        cGAN with an atrous spatial pyramid at the bottom of its U-Net: 1×1 and, at rates 6, 12 and 18, 3×3 convolutions
        side by side with a pooled image, fused by a 1×1 convolution. A rate of 6 sets a kernel's taps 6 pixels apart: a wide
        view at the price of a small kernel.
        """),
    Term(
      "map-gan", "GAN, D's encoder alone", "encoder-only D",
      text: """
        An ablation: the pixel discriminator's encoder alone, which judges the map as a whole (β·L_DC, no L_DP). What it
        lacks beside pixel-gan is what the answer for each pixel is worth.
        """),
    Term(
      "pixel-only-gan", "GAN, D's pixels alone", "pixel-only D",
      text: """
        An ablation: the pixel discriminator's answers for each pixel alone (γ·L_DP, no L_DC). What it lacks beside pixel-gan
        is what the verdict on the whole map is worth.
        """),
    Term(
      "pointwise-gan", "GAN, 1×1 D", "1x1 D",
      text: """
        An ablation: a discriminator of 1×1 convolutions, which sees one pixel at a time and nothing around it. What it lacks
        beside pixel-only-gan is what the surroundings are worth.
        """),
    Term(
      "nested-unet", "nested U-Net", "nested outputs",
      text: """
        A U-Net with two heads: non-perfusion, and the territory of the occlusion that holds it (`territory:` of `load`). L_bce is the
        sum of both. Ours, after region-based training (Isensee et al. 2021). On thirteen real angiograms it came to less than the
        U-Net alone: a mean DSC of 0.394 against 0.433, pooled 0.460 against 0.590 (one assignment to folds, four networks each).
        """),
    Term(
      "nested-pixel-gan", "nested pixel GAN",
      text:
        "The pixel-discriminating GAN whose generator draws the territory too, as nested-unet does; D judges non-perfusion alone."
    ),
    Term(
      "generator", "G",
      text: "The network that draws the map of non-perfusion: a U-Net. More: explain unet, explain train-gan."),
    Term(
      "discriminator", "D", "De", "Dd",
      text: """
        The network that tells drawn maps from masks, and is thrown away after training. De is its answer for the map as a
        whole, Dd the one for each pixel. More: explain pixel-discriminator, explain train-gan.
        """),
    Term(
      "ablation", "ablations",
      text: """
        A system with a part left out, to see what the part is worth: map-gan, pixel-only-gan and pointwise-gan of
        `train-system` and `compare`.
        """),
  ]

  /// What trainings print.
  static let training = [
    Term(
      "loss", "losses", "L", "L_D",
      text: """
        What a training makes small. L is the generator's (Eq. 1): α·L_bce + β·L_DC + γ·L_DP; L_D the discriminator's
        (Eq. 2): L_DC + L_DP. They pull against each other, so that neither need fall all the time: watch the DSC.
        """),
    Term(
      "L_bce", "bce", "cross-entropy", "binary cross-entropy", "log loss",
      text: """
        −( y·log ŷ + (1 − y)·log(1 − ŷ) ) of each pixel (Eq. 3), here averaged: what it costs to call a pixel of class y
        non-perfused with the probability ŷ. A sure mistake costs most.
        """),
    Term(
      "L_DC", "L_DP", "mse", "mean squared error",
      text: """
        Mean squared errors of D's two answers: L_DC of its verdict on the whole map (Eq. 4), L_DP of those on each pixel
        (Eq. 5), with mse as Eq. 6 has it.
        """),
    Term(
      "overfitting", "overfit", "over-fitting", "generalisation", "generalization",
      text: """
        A network that has learnt its training images by heart does well on them and badly on others: the training loss still
        falls while the DSC on other images does not. Give `validation:` images to see it, and keep the best epoch
        (`keep: best`), stop early (`patience:`), train on more and on augmented images, or take a smaller `width:`.
        Judge by patients that were never trained on: `compare`, or `split … by: case`.
        """),
    Term(
      "semi-supervised learning", "semi-supervised", "semi-supervision", "L_semi", "T_semi", "unlabelled angiograms",
      "unlabeled images",
      text: """
        Learning from angiograms that nobody has marked beside those that somebody has. `unlabelled:` of train-gan takes G's own
        decisions for labels where D trusts them (Hung et al. 2018): explain train-gan. `pseudo-label` makes masks of them
        once, for any method: explain pseudo-label.
        """),
    Term(
      "self-training", "pseudo-labels", "pseudo-labelling", "pseudo-labeling",
      text: """
        A method labels angiograms that nobody has marked, where it is sure, and another one learns from people's masks and from
        these. More: explain pseudo-label.
        """),
    Term(
      "epoch", "epochs", "step", "batch", "batch size",
      text: """
        A batch is the images of one step, after which the weights are changed; an epoch is as many steps as show every
        training image once. The paper has batches of 2 and 100 epochs.
        """),
    Term(
      "learning rate", "rate", "Adam", "optimiser", "optimizer",
      text: """
        How far a step moves the weights: 0.0002 in the paper. Adam divides each weight's mean gradient by the root of its mean
        square (`beta1:`, `beta2:`), so that all weights move at about that rate.
        """),
    Term(
      "batch norm", "batch normalisation", "batch normalization", "BN",
      text: """
        Each channel is shifted and scaled to mean 0 and variance 1 over the batch while learning, then by two learnt numbers.
        To predict, statistics of the training images stand in for the batch's (`statistics:`).
        """),
    Term(
      "ensemble",
      text: """
        Several networks that differ in their first weights; their probabilities are averaged, which makes fewer mistakes than
        one of them. `ensemble:` of compare.
        """),
    Term(
      "seed", "random seed", "random stream", "reproducibility",
      text: """
        The number that everything random follows from. With the same seed, cell and command, the same images, weights and
        batches come again, bit for bit, with any number of threads.
        """),
  ]
}
