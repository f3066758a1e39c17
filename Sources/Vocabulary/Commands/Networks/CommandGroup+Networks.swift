import Language
import Networks
import Tensors

extension CommandGroup {
  /// Networks before training.
  static let networks = CommandGroup(
    "networks", [.unet, .fcn8, .pixelDiscriminator, .patchDiscriminator, .pointwiseDiscriminator, .parameterCount],
    isFolded: true, chapter: "Networks", codes: NetworkError.codes + NetworkValue.codes + GraphError.codes)
}
