import Base
import Books
import Foundation
import Glibc

/// Chromium without a window, driven over a pipe by its DevTools protocol: one page, whose events are kept.
final class Browser {
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Whether there is one to test with.
  static let isHere = (try? HeadlessBrowser.found()) != nil
  static let wanted = "needs Chromium (Debian's `chromium`) on the path"
  /// Nobody waits longer for an answer.
  private static let patience: Int32 = 60_000

  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let bench = Workbench()
  private var buffer: [UInt8] = []
  private var count = 0
  private var session: String?
  private(set) var events: [[String: Any]] = []

  init() throws {
    let toBrowser = try Self.pipe()
    let fromBrowser = try Self.pipe()
    (input, output) = (toBrowser.write, fromBrowser.read)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Where the protocol has its ends.
    posix_spawn_file_actions_adddup2(&actions, toBrowser.read, 3)
    posix_spawn_file_actions_adddup2(&actions, fromBrowser.write, 4)
    let program = try HeadlessBrowser.found().program
    let arguments =
      (geteuid() == 0 ? ["--no-sandbox"] : []) + [
        "--headless", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--disable-background-networking",
        "--disable-component-update", "--user-data-dir=\(bench.path("profile"))", "about:blank",
      ]
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else {
      throw Failure(description: "\(program) did not start")
    }
    self.process = process
    close(toBrowser.read)
    close(fromBrowser.write)
    let targets = try call("Target.getTargets")["targetInfos"] as? [[String: Any]] ?? []
    guard let page = targets.first(where: { $0["type"] as? String == "page" })?["targetId"] as? String else {
      throw Failure(description: "no page is open")
    }
    session = try call("Target.attachToTarget", ["targetId": page, "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(input)
    close(output)
  }

  /// A pipe whose ends are above those that the protocol takes, and that no other child inherits.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
    let high = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    ends.forEach { close($0) }
    return (high[0], high[1])
  }

  // MARK: The protocol

  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    count += 1
    var message: [String: Any] = ["id": count, "method": method, "params": parameters]
    message["sessionId"] = session
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: message)) + [0]
    guard writeBytes(bytes, to: input) == 0 else { throw Failure(description: "the browser is gone") }
    while true {
      let answer = try nextMessage()
      if answer["id"] as? Int == count {
        if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
        return answer["result"] as? [String: Any] ?? [:]
      }
      events.append(answer)
    }
  }

  private func nextMessage() throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = Data(buffer[..<end])
        buffer.removeSubrange(...end)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, Self.patience) == 1 else { throw Failure(description: "the browser does not answer") }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let length = read(output, &chunk, chunk.count)
      guard length > 0 else { throw Failure(description: "the browser is gone") }
      buffer += chunk[..<length]
    }
  }

  // MARK: The page

  func open(_ path: String) throws {
    events = []
    try call("Page.navigate", ["url": "file://\(path)"])
    while !events.contains(where: { $0["method"] as? String == "Page.loadEventFired" }) {
      events.append(try nextMessage())
    }
  }

  /// What an expression of the page's language gives.
  @discardableResult
  func value(_ expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let failure = answer["exceptionDetails"] { throw Failure(description: "\(expression): \(failure)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  func number(_ expression: String) throws -> Double { (try value(expression) as? NSNumber)?.doubleValue ?? .nan }
  func text(_ expression: String) throws -> String { try value(expression) as? String ?? "" }
  func texts(_ expression: String) throws -> [String] { try value(expression) as? [String] ?? [] }

  func resize(width: Int) throws {
    try call(
      "Emulation.setDeviceMetricsOverride", ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false])
  }

  /// As a reader's setting, and a medium, have it; empty is what it is by itself.
  func emulate(medium: String = "", colours: String = "") throws {
    try call(
      "Emulation.setEmulatedMedia",
      ["media": medium, "features": [["name": "prefers-color-scheme", "value": colours]]])
  }

  func press(_ key: String) throws {
    let codes = ["Tab": 9, "Enter": 13, " ": 32]
    var event: [String: Any] = [
      "key": key, "code": key == " " ? "Space" : key, "windowsVirtualKeyCode": codes[key] ?? 0,
    ]
    if key == "Enter" { event["text"] = "\r" }
    if key == " " { event["text"] = " " }
    for kind in ["keyDown", "keyUp"] {
      event["type"] = kind
      try call("Input.dispatchKeyEvent", event)
    }
  }

  /// What was complained of, and what was asked of others.
  var complaints: [String] {
    events.compactMap { event in
      let parameters = event["params"] as? [String: Any] ?? [:]
      switch event["method"] as? String {
      case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled": return "\(parameters)"
      case "Network.requestWillBeSent":
        let url = (parameters["request"] as? [String: Any])?["url"] as? String ?? ""
        return url.hasPrefix("data:") || parameters["type"] as? String == "Document" ? nil : "asks for \(url)"
      default: return nil
      }
    }
  }
}
