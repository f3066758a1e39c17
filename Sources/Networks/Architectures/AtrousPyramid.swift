import Tensors

extension LayerStyle {
  /// Atrous spatial pyramid pooling (Chen et al., *Rethinking Atrous Convolution for Semantic Image Segmentation*, 2017):
  /// a 1×1 convolution, 3×3 convolutions at rates 6, 12 and 18, and the mean of the whole map, side by side, fused by a
  /// 1×1 convolution: `[b, h, w, c]` → `[b, h, w, width]`.
  ///
  /// Each branch has a quarter of `width`. The mean has one pixel an image, too few for batch norm's statistics in
  /// batches of two, so that branch has none. On maps smaller than a rate only the kernel's centre meets the map.
  func atrousPyramid(_ input: Node, width: Int, named name: String, in graph: inout Graph) -> Node {
    let share = max(1, width / 4)
    var branches = [convolved(input, width: share, kernel: 1, named: "\(name).point", in: &graph)]
    for rate in MethodConstant.atrousRates {
      branches.append(convolved(input, width: share, dilation: rate, named: "\(name).rate\(rate)", in: &graph))
    }
    let mean = graph.globalAveragePool(input, name: "\(name).image.mean")
    let image = convolved(mean, width: share, kernel: 1, normalized: false, named: "\(name).image", in: &graph)
    branches.append(graph.broadcast(image, like: input, name: "\(name).image.broadcast"))
    let joined = graph.concatenate(branches, name: "\(name).branches")
    return convolved(joined, width: width, kernel: 1, named: "\(name).fusion", in: &graph)
  }
}
