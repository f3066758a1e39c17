import Base

/// What keeps `watch.html`, the report of a watched book, up to date in a browser: it looks for another run beside itself, and
/// loads itself again. `report.html` has none of it.
struct WatchScript {
  /// The name of the file, beside the report, that says which run is the last.
  static let file = "watch.js"
  static let page = "watch.html"

  /// Of this run.
  private let stamp: String

  init() { stamp = "\(systemTime())" }

  var fileText: String { "cnpRun(\"\(stamp)\");\n" }

  /// In the page. A file may be gone for a moment.
  var text: String {
    """
    (() => {
    "use strict";
    self.cnpRun = (stamp) => { if (stamp !== "\(stamp)") location.reload(); };
    setInterval(() => {
      const look = document.createElement("script");
      look.src = "\(Self.file)?" + Date.now();
      look.onload = look.onerror = () => look.remove();
      document.head.append(look);
    }, 700);
    })();

    """
  }

  /// What the page's template fills in.
  var entry: [String: Any] { ["script": text, "digest": policyDigest(ofScript: text)] }
}
