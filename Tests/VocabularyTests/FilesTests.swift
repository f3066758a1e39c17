import Testing

struct FilesTests {
  @Test func endingsThatNameNoFormat() throws {
    #expect(try mistake(in: "save (unet width: 4) \"net\"") == "unknown-ending")
    #expect(try mistake(in: "save (phantom 1 size: 64)[0].image \"i.jpg\"") == "unknown-ending")
    #expect(try mistake(in: "save (areas (dark-threshold (phantom 1 size: 64))) \"t.txt\"") == "unknown-ending")
  }

  @Test func networksComeBackWithTheSamePredictions() throws {
    let program = """
      eyes = phantom 2 size: 64
      net = train-net eyes width: 4 epochs: 1
      save net "net.safetensors"
      a = (predict net eyes)[0].map
      b = (predict (open "net.safetensors") eyes)[0].map
      print max (abs (a - b))
      """
    #expect(try run(program).hasSuffix("\n0"))
  }

  /// A mistyped label must not pass for eyes without non-perfusion.
  @Test func aLabelThatNoMaskHolds() throws {
    let program = """
      save (phantom 2 size: 64) "p"
      load "p/images" masks: "p/masks" label: 7
      """
    #expect(try mistake(in: program) == "label-not-found")
  }

  @Test func savedDatasetsLoadAsTheyWere() throws {
    let program = """
      eyes = phantom 2 size: 64
      save eyes "p"
      again = load "p/manifest.csv"
      print max (abs (eyes[1].image - again[1].image)), (eyes[1].mask xor again[1].mask).area
      """
    #expect(try run(program).hasSuffix("0 0px") || (try run(program)).hasSuffix("0 0 px"))
  }
}
