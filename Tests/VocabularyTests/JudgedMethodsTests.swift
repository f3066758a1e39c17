import Language
import Testing
import Vocabulary

/// `lesion-metrics` and `error-kinds`: of predictions a row an image, of comparisons a row a method.
struct JudgedMethodsTests {
  private static let before = """
    eyes = phantom 4 size: 64 seed: 1
    found = dark-threshold eyes

    """
  private func lines(_ program: String) throws -> [String] {
    try run(Self.before + program).split(separator: "\n").map(String.init)
  }

  @Test func lesionsOfEachImage() throws {
    let said = try lines(
      """
      t = lesion-metrics found
      print count t, t[4].image, t[5].image, t.columns[3]
      print t[5].lesions == (sum [t[0].lesions, t[1].lesions, t[2].lesions, t[3].lesions])
      all = lesion-metrics (threshold found 0) overlap: 100%
      print all[5].lesions == all[5].found, all[5]["lesion SEN, %"]
      print (lesion-metrics found least-diameter: 100px)[5].lesions < t[5].lesions
      print (lesion-metrics found eyes)[5].found == t[5].found
      """)
    #expect(said[0] == "6 mean ± SD pooled lesion SEN, %")
    #expect(Array(said[1...2]) == ["true", "true 100"])
    #expect(said[3] == "true" && said[4] == "true", "\(said)")
  }

  @Test func kindsOfErrorAddUp() throws {
    let said = try lines(
      """
      t = error-kinds found of: errors
      last = t[4]
      print count t, last.image, last.wrong
      m = metrics found
      f = error-kinds found
      wrong = sum [m.images[0].FP, m.images[0].FN]
      counted = sum [m.images[0].TP, m.images[0].FP, m.images[0].TN, m.images[0].FN]
      print abs (f[0].wrong - 100 * wrong / counted) < 1e-9
      print (error-kinds found bright: 0%)[4]["missed: other"], (error-kinds found dark: 0%)[4].wrong == f[4].wrong
      """)
    #expect(said == ["5 pooled 100", "true", "0 true"])
  }

  /// A comparison has a row a method, with what the field of its own has; its other tables stay as they are.
  @Test func aRowAMethod() throws {
    let said = try lines(
      """
      c = compare eyes systems: ["dark-threshold", "valleys"] folds: 2 seed: 3
      print c.lesions.columns == (lesion-metrics c).columns, count c.lesions
      print c.lesions[0]["found / lesions"] == (lesion-metrics c)[0]["found / lesions"]
      own = lesion-metrics c.predictions["valleys"]
      print c.lesions[1]["pooled SEN, %"] == own[5]["lesion SEN, %"]
      kinds = error-kinds c
      print kinds[1].method, kinds[1].wrong == (error-kinds c.predictions["valleys"])[4].wrong
      """)
    #expect(said == ["true 2", "true", "true", "valleys true"], "\(said)")
  }

  @Test(arguments: [
    ("lesion-metrics found overlap: 2", "out-of-range"),
    ("lesion-metrics found (phantom 1 size: 64)", "sample-missing"),
    ("lesion-metrics (compare eyes systems: [\"dark-threshold\"] folds: 2) eyes", "idle-option"),
    ("error-kinds (compare eyes systems: [\"dark-threshold\"] folds: 2) eyes", "idle-option"),
    ("file = save eyes \"bare\"\nlesion-metrics (dark-threshold (load \"{file}/images\") level: 0.9)", "mask-missing"),
    ("error-kinds found bright: 9", "out-of-range"),
  ])
  func refused(_ line: String, _ code: String) throws {
    let mistake = #expect(throws: Diagnostic.self) { try run(Self.before + line) }
    #expect(mistake?.code == code)
  }
}
