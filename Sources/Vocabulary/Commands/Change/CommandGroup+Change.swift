import Angiography
import Language

extension CommandGroup {
  /// Two visits of one eye: laid on each other, and compared.
  static let change = CommandGroup(
    "change between visits", [.register, .warp, .change, .move], isFolded: true, chapter: "Datasets and figures",
    codes: RegistrationError.codes + ChangeError.codes)
}
