import Figures
import Testing

@Suite struct TypographyTests {
  private func wrap(_ text: String, width: Double, lines: Int) -> [String] {
    Typography.wrap(text, width: width, size: 9, lines: lines)
  }

  @Test func linesBreakAfterSpacesAndHyphens() {
    #expect(wrap("Ground truth", width: 300, lines: 2) == ["Ground truth"])
    #expect(wrap("Ground truth", width: 40, lines: 2) == ["Ground", "truth"])
    #expect(wrap("Pixel-discriminating GAN", width: 80, lines: 3) == ["Pixel-", "discriminating", "GAN"])
    #expect(wrap("cGAN + ASPP", width: 1, lines: 2) == ["cGAN", "+ ASPP"])
    #expect(wrap("", width: 10, lines: 2) == [])
    #expect(wrap("  ", width: 10, lines: 2).allSatisfy { $0.count <= 1 })
  }

  @Test func nothingIsSmallerThanCanBeRead() {
    #expect([Typography.title, Typography.heading, Typography.body].allSatisfy { $0 >= 9 })
  }
}
