import Language
import Methods

extension MethodError: CodedError {}
