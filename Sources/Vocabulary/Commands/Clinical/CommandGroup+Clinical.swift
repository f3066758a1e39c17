import Angiography
import Language

extension CommandGroup {
  /// What a clinician asks of a mask: area, place, trust, change.
  static let clinical = CommandGroup(
    "clinical measures",
    [
      .annotate, .landmarks, .findUngradable, .ischemicIndex, .lesions, .retinalGrid,
      .clinicalReport, .register, .warp, .change, .course, .move,
    ],
    isFolded: true, chapter: "Datasets and figures", codes: RegistrationError.codes + ChangeError.codes)
}
