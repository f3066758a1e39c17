import Angiography
import Base
import Figures
import Imaging
import Kernels
import Language
import Methods
import Networks
import Tensors

// The modules below know nothing of the language; their errors already carry a code, a message and a hint.
extension DatasetError: CodedError {}
extension FeatureError: CodedError {}
extension FigureError: CodedError {}
extension FileError: CodedError {}
extension GraphError: CodedError {}
extension ImageError: CodedError {}
extension MemoryError: CodedError {}
extension MethodError: CodedError {}
extension NetworkError: CodedError {}
extension PhantomError: CodedError {}
extension SafetensorsError: CodedError {}
extension SavingError: CodedError {}
extension TensorError: CodedError {}
extension TrainingError: CodedError {}
