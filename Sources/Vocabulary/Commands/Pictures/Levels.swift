import Imaging
import Language

extension Command {
  static let otsu = Command(
    "otsu", "the grey level that splits a picture's values in two classes",
    [Picture.parameter, Picture.within], result: .number,
    help: Help(
      "The two classes' means are farthest apart, weighted by their shares, over 256 bins from the least to the largest value.",
      examples: ["eye = (phantom 1 size: 64)[0]", "print otsu eye", "show (threshold eye.image (otsu eye))"],
      method:
        "N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on Systems, Man, and "
        + "Cybernetics 9, 1979."),
    codes: [
      CodeEntry(
        "one-grey-level", "a picture whose values can't be split in two",
        .program("otsu ((phantom 1 size: 64)[0].image * 0)"))
    ]
  ) { arguments, _ in
    let picture = try Picture(arguments)
    try picture.requirePixels()
    guard let level = picture.plane.otsuLevel(within: picture.field) else {
      throw Failure("one-grey-level", "all pixels that count have one value: there are no two classes")
    }
    return .number(Double(level))
  }

  static let percentile = Command(
    "percentile", "the value below which a share of a picture's values lies",
    [
      Picture.parameter,
      .option("rank", .number(.one, .within(0...1)), default: .number(0.5), "that share: 50% is the median"),
      Picture.within,
    ],
    result: .number,
    help: Help(
      "In between two values where it falls there, as NumPy has it.",
      examples: ["print percentile (phantom 1 size: 64)[0] rank: 95%"]),
    codes: [
      CodeEntry(
        "nothing-counts", "a picture of which no pixel counts",
        .program("m = (phantom 1 size: 64)[0].mask\npercentile m within: (m and not m)"))
    ]
  ) { arguments, _ in
    let picture = try Picture(arguments)
    try picture.requirePixels()
    guard let value = picture.plane.percentile(100 * arguments.number("rank"), within: picture.field) else {
      preconditionFailure("pixels have percentiles")
    }
    return .number(Double(value))
  }
}

extension Picture {
  /// - Throws: `nothing-counts`.
  func requirePixels() throws(Failure) {
    if let field, field.area == 0 { throw Failure("nothing-counts", "no pixel of this picture counts") }
  }
}
