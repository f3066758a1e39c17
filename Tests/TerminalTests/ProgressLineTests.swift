import Language
import Terminal
import Testing

@Suite("Progress line")
struct ProgressLineTests {
  @Test("Bar, count, readings and time left stand in one line")
  func whole() {
    let progress = Progress(
      "train-gan", done: 5, of: 20, readings: [("loss", 0.29412), ("dsc", 0.8)], secondsLeft: 71.2)
    #expect(
      statusLine(progress, columns: 200)
        == "train-gan ━━━━━─────────────── 5/20  loss 0.2941  dsc 0.8000  1 min 11 s left")
    #expect(
      logLine(progress) == "train-gan 5/20  loss 0.2941  dsc 0.8000  1 min 11 s left")
  }

  @Test("On a narrow screen losses go before the DSC, and the time left stays")
  func narrow() {
    let progress = Progress(
      "epoch 3/40, step", done: 20, of: 240, readings: [("loss", 0.25), ("D", 0.5), ("DSC", 0.75)], secondsLeft: 71)
    #expect(statusLine(progress, columns: 66) == "epoch 3/40, step 20/240  loss 0.2500  DSC 0.7500  1 min 11 s left")
    #expect(statusLine(progress, columns: 60) == "epoch 3/40, step 20/240  DSC 0.7500  1 min 11 s left")
    #expect(statusLine(progress, columns: 45) == "epoch 3/40, step 20/240  1 min 11 s left")
  }

  @Test("Odd counts and times do no harm")
  func odd() {
    #expect(statusLine(Progress("x", done: 0, of: 0, secondsLeft: .infinity), columns: 80).hasSuffix("0/0"))
    #expect(statusLine(Progress("x", done: 9, of: 3), columns: 14) == "x ━━━━━━━ 9/3", "the bar shrinks first")
    #expect(statusLine(Progress("x", done: 9, of: 3), columns: 9) == "x 9/3", "and goes")
    #expect(statusLine(Progress("x", done: 9, of: 3), columns: 80).contains(String(repeating: "━", count: 20)))
    #expect(logLine(Progress("x", done: 3, of: 3, secondsLeft: 0)) == "x 3/3")
  }

  @Test(
    "Four digits",
    arguments: [
      (0.0, "0.0000"), (0.12345, "0.1235"), (1.5, "1.500"), (-12.345, "-12.35"), (999.96, "1000.0"), (1234.5, "1235"),
      (0.00001234, "1.234e-5"), (-2_345_678, "-2.346e6"), (.nan, "nan"), (.infinity, "∞"), (-0.00001, "-1.000e-5"),
    ])
  func digits(value: Double, text: String) {
    #expect(fourDigits(value) == text)
  }

  @Test(
    "Durations",
    arguments: [
      (0.0, "0 s"), (0.2, "1 s"), (47.1, "47 s"), (59.6, "1 min 00 s"), (60, "1 min 00 s"), (750, "12 min 30 s"),
      (11_100, "3 h 05 min"), (-3, "0 s"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(duration(seconds, inTenths: false) == text)
  }
}
