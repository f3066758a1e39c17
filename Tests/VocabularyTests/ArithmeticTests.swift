import Testing

struct ArithmeticTests {
  @Test func reductionsOfNumbersAndLists() throws {
    #expect(try run("print sum [1, 2, 3], mean [1, 2, 3], min [3, 1], max [3, 1]") == "6 2 1 3")
    #expect(try run("print sum [1px, 2px], mean [1mm, 500um], max [3mm2, 1mm2], min 5deg") == "3px 0.75mm 3mm2 5deg")
    #expect(try mistake(in: "print sum [1px, 2mm]") == "wrong-unit")
  }

  @Test func elementaryFunctions() throws {
    #expect(try run("print exp 0, log 1, sqrt 9, abs -2, clip 7 to: 2") == "1 0 3 2 2")
    #expect(try run("print log (exp 300)") == "300", "numbers of the language are double precision")
  }

  @Test func imagesKeepTheirShape() throws {
    let program = """
      i = (phantom 1 size: 64)[0].image
      print shape (1 - i), shape (clip (i * 2))
      print mean (i + i) - 2 * mean i < 0.0001
      """
    #expect(try run(program) == "[64, 64] [64, 64]\ntrue")
  }

  @Test func shapesThatDiffer() throws {
    #expect(try mistake(in: "print (phantom 1 size: 64)[0].image + (phantom 1 size: 96)[0].image") == "shape-mismatch")
  }

  @Test func emptyListsHaveNoMean() throws {
    #expect(try mistake(in: "print mean []") == "empty-list")
  }

  @Test func equationSevenByHand() throws {
    // The wrong pixels and the right ones make up the image.
    let program = """
      eye = (phantom 1 size: 64)[0]
      wrong = (threshold eye.image 0.5) xor eye.mask
      right = not wrong
      print wrong.area + right.area
      """
    #expect(try run(program).hasPrefix("4096"))
  }
}
