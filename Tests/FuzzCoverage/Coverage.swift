import Fuzzing
import Language

/// One input of libFuzzer, which keeps those that reach code no other has reached.
///
/// - Returns: 0, as libFuzzer asks; a broken promise ends the process, and libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  do throws(Fault) { try trial.examine(text) } catch { fatalError("\(error)") }
  return 0
}

private let trial = LanguageTrial(registry: fakeRegistry, runs: true)
