import Angiography
import Figures
import Language

// The modules below know nothing of the language; their errors already carry a code, a message and a hint.
extension DatasetError: CodedError {}
extension FigureError: CodedError {}
extension FileError: CodedError {}
extension ImageError: CodedError {}
