import Base
import Testing

/// `make install` puts everything in its place, and `make uninstall` takes it away again.
@Suite("Installing")
struct InstallTests {
  let folder: TemporaryFolder
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  init() throws { folder = try TemporaryFolder() }

  @Test("What is installed runs, and nothing of it stays")
  func roundTrip() throws {
    let make = "make -s -C '\(Self.root)' DESTDIR=\"$PWD/root\" PREFIX=/usr CNP=\"$CNP\""
    let installed = try runShell(
      "\(make) install && root/usr/bin/cnp --version && find root -type f | sort", in: folder)
    #expect(installed.exitCode == 0, "\(installed.errors)")
    let files = [
      "bin/cnp", "share/bash-completion/completions/cnp", "share/doc/cnp/cnp.html",
      "share/fish/vendor_completions.d/cnp.fish", "share/man/man1/cnp.1", "share/zsh/site-functions/_cnp",
    ]
    let found = installed.output.split(separator: "\n").dropFirst().map { String($0.dropFirst("root/usr/".count)) }
    let shipped = found.filter { $0.hasPrefix("share/cnp/") }
    #expect(found.filter { !shipped.contains($0) } == files)
    let books = ["notebooks/quickstart.cnpbook", "notebooks/quickstart.lock", "examples/01-language.cnp"]
    #expect(Set(shipped).isSuperset(of: books.map { "share/cnp/\($0)" }))
    #expect(try folder.read("root/usr/share/man/man1/cnp.1").hasPrefix(".TH CNP 1"))
    #expect(try folder.read("root/usr/share/zsh/site-functions/_cnp").hasPrefix("#compdef cnp"))
    let elsewhere = try runShell(
      "mkdir home && cd home && ../root/usr/bin/cnp check quickstart.cnpbook && ../root/usr/bin/cnp run -q 01-language.cnp",
      in: folder)
    #expect(elsewhere.exitCode == 0, "\(elsewhere.errors)")
    // A book that comes with the program is everybody's: what runs leave of it goes to who runs it.
    #expect(try folder.read("home/01-language.out/run.json").contains("01-language.cnp"))
    let beside = try runShell("ls -A home root/usr/share/cnp/examples | grep -v 'cnp$'", in: folder)
    #expect(beside.output.contains("01-language.out") && !beside.output.contains("examples/01-language.out"))
    let removed = try runShell("\(make) uninstall && find root -type f", in: folder)
    #expect(removed.exitCode == 0 && removed.output == "")
  }

  /// What bash offers for the last of the words.
  private func offered(_ words: String...) throws -> Set<String> {
    let line = words.joined(separator: " ")
    let script = """
      source <($CNP --generate-completion-script bash)
      COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
      COMP_LINE='\(line)'; COMP_POINT=\(line.utf8.count); COMPREPLY=()
      $(complete -p cnp | sed 's/.*-F \\([^ ]*\\).*/\\1/') cnp '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try runShell(script, in: folder)
    return Set(run.output.split(separator: "\n").map { $0.filter { $0 != " " } })
  }

  @Test("bash completes subcommands, options and books")
  func completion() throws {
    #expect(try offered("cnp", "man") == ["manual"])
    #expect(try offered("cnp", "").isSuperset(of: ["run", "check", "bench"]))
    #expect(try offered("cnp", "run", "--para") == ["--param", "--params"])
    try folder.write([], to: "eyes.cnpbook")
    try folder.write([], to: "eyes.png")
    #expect(try offered("cnp", "run", "ey") == ["eyes.cnpbook"])
  }
}
