import Base
import Language

extension SharedFailure: CodedError {}
