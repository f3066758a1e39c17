import Language
import Networks
import Tensors

extension CommandGroup {
  /// Networks before training, and several together after it.
  static let networks = CommandGroup(
    "networks",
    [.unet, .fcn8, .pixelDiscriminator, .patchDiscriminator, .pointwiseDiscriminator, .parameterCount, .ensemble],
    isFolded: true, chapter: "Networks", codes: NetworkError.codes + NetworkValue.codes + GraphError.codes)
}
