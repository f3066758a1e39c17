import Networks
import Tensors
import Testing

/// What the paper's networks take, as planned. Nothing runs, so no memory is touched.
@Suite struct MemoryTests {
  private static let mebibyte = 1 << 18  // floats

  /// Batch 2 of 512 × 512, width 64: PyTorch takes 8.1 GiB, of which a third is 2765 MiB.
  @Test(arguments: [BlockNormalization.layer, .block])
  func theWholeStepTakesLessThanAThirdOfPyTorch(norm: BlockNormalization) throws {
    let generator = UNetConfiguration(norm: norm).graph()
    let discriminator = DiscriminatorConfiguration().graph()
    let workspace = Workspace()
    let kept = Workspace()
    let image = [2, 512, 512, 1]
    let g = try Plan(
      generator, inputShapes: ["image": image], mode: .training, workspace: workspace, kept: kept)
    let d = try Plan(discriminator, inputShapes: ["image": image, "map": image], mode: .training, workspace: workspace)
    let parameters = (generator.parameterSpecs + discriminator.parameterSpecs).reduce(0) { $0 + $1.count }
    #expect(workspace.count == max(g.arenaCount, d.arenaCount) && kept.count == g.keptCount)
    #expect(kept.count / Self.mebibyte <= 860, "G's maps while D works")
    #expect(workspace.count / Self.mebibyte <= 690, "D's maps and gradients, and those of G in turn")
    // The weights, their gradients and two moments. The convolutions' working memory comes on top.
    let total = (workspace.count + kept.count + 4 * parameters) / Self.mebibyte
    #expect(total <= 2260)
  }

  @Test func inferenceTakesAFewMaps() throws {
    let generator = UNetConfiguration().graph()
    let plan = try Plan(generator, inputShapes: ["image": [1, 512, 512, 1]], mode: .inference)
    #expect(plan.arenaCount / Self.mebibyte <= 160)
  }
}
