import Language

extension NetworkValue {
  /// Of networks that have not learnt, or not what is asked of them.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "network-untrained", "a network that has learnt nothing is used as if it had",
      .program("predict (unet width: 4) (phantom 1 size: 64)")),
    CodeEntry("untrained", "the history of a network that has none", .program("curves (unet width: 4)")),
    CodeEntry(
      "no-discriminator", "the discriminator of a network that was trained without one",
      .program("print (unet width: 4).discriminator")),
    CodeEntry(
      "no-answer", "an answer that a discriminator doesn't give",
      .program(
        "s = step (phantom 2 size: 64) width: 4 discriminator: (patch-discriminator width: 4)\nprint s.dd-real")),
    CodeEntry("no-network", "a network file that holds no network", .circumstance("A file that was changed by hand")),
  ]

  static func withoutCurves(_ what: String) -> Failure {
    Failure(
      "untrained", "\(what) has not been trained, so there are no curves to draw",
      hint: "`train-net` and `train-gan` give a trained network")
  }
}
