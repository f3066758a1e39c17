/// The colours of every figure: Okabe and Ito's set, which people with any common colour blindness tell apart.
public enum Palette {
  public static let orange = Colour(0xE69F00)
  public static let skyBlue = Colour(0x56B4E9)
  public static let bluishGreen = Colour(0x009E73)
  public static let yellow = Colour(0xF0E442)
  public static let blue = Colour(0x0072B2)
  public static let vermillion = Colour(0xD55E00)
  public static let reddishPurple = Colour(0xCC79A7)
  public static let black = Colour(0x000000)
  public static let white = Colour(0xFFFFFF)

  /// Text and axes.
  public static let ink = Colour(0x1F1F1F)
  /// Text of less weight: captions under cells, tick labels.
  public static let faintInk = Colour(0x5A5A5A)
  public static let axis = Colour(0x6E6E6E)
  public static let grid = Colour(0xE4E4E4)
  public static let page = white

  /// What the expert marked; what only the expert marked (a miss) keeps to the same warm side.
  public static let truth = orange
  /// What a method marked; what only the method marked (a false alarm) keeps to the same cool side.
  public static let prediction = skyBlue
  public static let truePositive = bluishGreen
  public static let falseNegative = vermillion
  public static let falsePositive = blue
  public static let fieldOfView = Colour(0xBFBFBF)
  /// Non-perfusion between two visits.
  public static let gained = vermillion
  public static let lost = skyBlue
  public static let stable = yellow
  /// Two visits on each other: where both are as bright these add up to grey.
  public static let baseline = Colour(0xE6820A)
  public static let followUp = Colour(0x197DF5)
  /// A pixel that is not a number.
  public static let notANumber = reddishPurple

  /// Series of a chart, in this order, again from the start after the last. Yellow is left out: lost on white.
  public static let series = [blue, vermillion, bluishGreen, orange, reddishPurple, skyBlue, black]

  public static func series(_ index: Int) -> Colour { series[index % series.count] }
}
