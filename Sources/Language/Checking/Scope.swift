/// What is known of each name at a place of a program: what the program has said of it, else the value that the session
/// has under it. Of a session's names only those that a program reads are looked into, however many there are.
struct Scope: Sendable {
  private let session: Bindings
  /// `nil` for a name of the session that means nothing any more.
  private var said: [String: Known?]

  init(_ known: [String: Known] = [:], above session: Bindings = Bindings()) {
    self.session = session
    said = known.mapValues { $0 }
  }

  /// Setting `nil` takes a name out.
  subscript(name: String) -> Known? {
    get {
      if let known = said[name] { return known }
      return session[name].map { Known($0) }
    }
    set {
      if newValue == nil, session[name] == nil { said[name] = nil } else { said.updateValue(newValue, forKey: name) }
    }
  }

  /// What the program has said of a name so far, without a look into the session.
  func saying(of name: String) -> Known?? { said[name] }

  /// Takes a name back to what had been said of it.
  mutating func restore(_ name: String, to saying: Known??) { said[name] = saying }

  /// All names that mean something, in no particular order. Takes time with every one.
  var names: [String] { said.compactMap { $1 == nil ? nil : $0 } + session.names.filter { said[$0] == nil } }
}
