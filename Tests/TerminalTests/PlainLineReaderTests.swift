import Glibc
import Terminal
import Testing

@Suite("Plain line reader")
struct PlainLineReaderTests {
  private func events(of bytes: [UInt8]) throws -> [LineEvent] {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "in")
    let descriptor = open(folder.path + "/in", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let reader = PlainLineReader(descriptor: descriptor, bell: try #require(Doorbell()))
    var events: [LineEvent] = []
    repeat { events.append(reader.read(prompt: "", draft: Draft())) } while events.last != .endOfInput
    return events
  }

  @Test("Lines end in newlines; the last may go without")
  func lines() throws {
    #expect(try events(of: []) == [.endOfInput])
    #expect(try events(of: Array("a\n\nb".utf8)) == [.line([97]), .line([]), .line([98]), .endOfInput])
    #expect(try events(of: Array("a\n".utf8)) == [.line([97]), .endOfInput])
  }

  @Test("NUL, bytes that are no text and long lines come through as they are")
  func anyBytes() throws {
    let odd: [UInt8] = [0, 255, 13, 0]
    let long = [UInt8](repeating: 120, count: 3_000_000)
    #expect(try events(of: odd + [10] + long) == [.line(odd), .line(long), .endOfInput])
  }

  @Test("A line that was looked at is still read")
  func peek() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("a\nb\n".utf8), to: "in")
    let descriptor = open(folder.path + "/in", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let reader = PlainLineReader(descriptor: descriptor, bell: try #require(Doorbell()))
    #expect(reader.peek() == [97] && reader.peek() == [97])
    #expect(reader.read(prompt: "", draft: Draft()) == .line([97]))
    #expect(reader.read(prompt: "", draft: Draft()) == .line([98]))
    #expect(reader.peek() == nil)
    #expect(reader.read(prompt: "", draft: Draft()) == .endOfInput)
  }

  @Test("A signal comes before the rest of the input")
  func signals() throws {
    let bell = try #require(Doorbell())
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let reader = PlainLineReader(descriptor: ends[0], bell: bell)
    bell.ring(signal: SIGHUP)
    #expect(reader.peek() == nil && reader.interruption == .terminated(signal: SIGHUP))
    #expect(reader.read(prompt: "", draft: Draft()) == .terminated(signal: SIGHUP) && reader.interruption == nil)
    bell.ring(signal: SIGINT)
    #expect(reader.read(prompt: "", draft: Draft()) == .interrupted)
    bell.ring(signal: SIGTERM)
    #expect(reader.read(prompt: "", draft: Draft()) == .terminated(signal: SIGTERM))
  }
}
