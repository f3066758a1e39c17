import Base
import Testing

@Suite struct AvailableMemoryTests {
  @Test func someIsThere() {
    #expect(AvailableMemory.bytes > 64 << 20)
    #expect(AvailableMemory.bytes < 1 << 50)
  }

  @Test func smallNeedsAreMet() throws {
    try AvailableMemory.require(bytes: 0, for: "nothing")
    try AvailableMemory.require(bytes: 16 << 20, for: "an image")
  }

  @Test func needsBeyondTheMachineAreRefusedInWords() throws {
    let error = try #require(throws: MemoryError.self) {
      try AvailableMemory.require(bytes: 1 << 50, for: "a million images", hint: "take fewer")
    }
    #expect(error.code == "out-of-memory")
    #expect(error.message.hasPrefix("a million images would take 1048576.0 GiB of memory, and "))
    #expect(error.hint == "take fewer")
    #expect(error.available < AvailableMemory.bytes + (1 << 33))
  }
}
