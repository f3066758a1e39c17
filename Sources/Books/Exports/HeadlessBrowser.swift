import Base
import Glibc
import Language

/// Chromium, or a browser made of it, without a window: it sets a report's page on paper, formulas, tables and figures alike.
package struct HeadlessBrowser {
  package let program: String

  /// Under these names it is found on the path.
  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "brave-browser",
  ]
  /// Names another one.
  package static let variable = "CNP_BROWSER"
  /// A browser that prints for longer than this has come to a halt.
  private static let patience = 180

  /// - Parameters:
  ///   - chosen: the path of one that somebody has named.
  ///   - path: the folders to look in, with colons between them.
  /// - Throws: `browser-missing`.
  package static func found(
    chosen: String? = environmentText(variable), path: String = environmentText("PATH") ?? ""
  ) throws(BookFileError) -> HeadlessBrowser {
    let folders = path.split(separator: ":").map(String.init)
    let candidates = chosen.map { [$0] } ?? names.flatMap { name in folders.map { joinPath($0, name) } }
    guard let program = candidates.first(where: { pathKind($0) == .file && access($0, X_OK) == 0 }) else {
      throw BookFileError(
        "browser-missing",
        chosen.map { "\(variable) names '\(clipped($0, to: 200))', which is no program" }
          ?? "a PDF is printed by Chromium, and there is none on this machine's path",
        hint: "install `chromium`, name a browser by \(variable), or print the HTML export from any browser")
    }
    return HeadlessBrowser(program: program)
  }

  /// A page of HTML as a PDF.
  ///
  /// - Throws: `pdf-not-made`.
  package func pdf(ofPage html: String) throws(BookFileError) -> [UInt8] {
    let files = try OutputFolder(temporaryFor: "print")
    defer { files.discard() }
    try files.write("page.html", html)
    let folder = files.staging
    let file = folder + "/page.pdf"
    let rights = geteuid() == 0 ? ["--no-sandbox"] : []
    let ending = run(
      rights + [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update",
        "--user-data-dir=\(folder)/profile", "--no-pdf-header-footer", "--print-to-pdf=\(file)",
        "file://\(percentEncoded(folder))/page.html",
      ], log: folder + "/log.txt")
    guard ending == 0, let bytes = try? fileBytes(file, limit: 1 << 30), bytes.starts(with: "%PDF-".utf8) else {
      let log = (try? fileBytes(folder + "/log.txt", limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let last = log.split(separator: "\n").last.map { ": \(clipped($0, to: 200))" } ?? ""
      throw failure(ending == nil ? "it did not end\(last)" : "it ended with \(ending ?? 0)\(last)")
    }
    return bytes
  }

  private func failure(_ reason: String) -> BookFileError {
    BookFileError(
      "pdf-not-made", "\(program) has printed no PDF: \(reason)", hint: "print the HTML export from a browser instead")
  }

  /// Runs it to its end; `nil` where it did not start, or did not end in time.
  private func run(_ arguments: [String], log: String) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT, 0o600)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else { return nil }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(Self.patience)
    var ending: Int32 = 0
    while waitpid(process, &ending, WNOHANG) != process {
      if clock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &ending, 0)
        return nil
      }
      usleep(10_000)
    }
    return ending & 0x7f == 0 ? (ending >> 8) & 0xff : 128 + ending & 0x7f
  }
}

package func environmentText(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// A path as an address has it.
private func percentEncoded(_ path: String) -> String {
  path.utf8.map { byte in
    let isPlain = isLetter(byte) || isDigit(byte) || "/-_.~".utf8.contains(byte)
    let digits = String(byte, radix: 16, uppercase: true)
    return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
  }.joined()
}
