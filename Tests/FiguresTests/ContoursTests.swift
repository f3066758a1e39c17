import Angiography
import Figures
import Testing

@Suite struct ContoursTests {
  @Test func aSinglePixelIsAUnitSquare() {
    var mask = Mask(width: 3, height: 3)
    mask[1, 1] = true
    let contours = mask.contours()
    #expect(contours.count == 1)
    #expect(contours[0].corners == [.init(1, 1), .init(2, 1), .init(2, 2), .init(1, 2)])
    #expect(contours[0].doubledArea == 2)
  }
}
