/// What comes of planning one call.
public struct Planned<Plan> {
  /// What is to be done; `nil` as long as something that it takes is not known.
  public let plan: Plan?
  /// What is known of the result beyond its kind.
  public let result: Known?

  public init(_ plan: Plan?, result: Known? = nil) {
    self.plan = plan
    self.result = result
  }
}

extension Command {
  /// A command whose rules stand once.
  ///
  /// - Parameters:
  ///   - plan: looks at a call, before the program runs with what is known of its arguments, and again when it runs with all
  ///     of them. What is wrong it reports on the call or throws; what it is not sure of it must let pass. It reads no file but
  ///     where the call tells it a place, which is never so when the program runs.
  ///   - run: does what was planned.
  public convenience init<Plan>(
    _ name: String, _ summary: String, _ parameters: [Parameter] = [], result: Kind = .any, isRandom: Bool = false,
    help: Help = Help(), codes: [CodeEntry] = [],
    plan: @escaping @Sendable (inout CheckedCall) throws -> Planned<Plan>,
    run: @escaping @Sendable (Plan, Context) throws -> Value
  ) {
    self.init(
      name, summary, parameters, result: result, isRandom: isRandom, help: help, codes: codes,
      check: { call in
        do { return try plan(&call).result } catch {
          // Errors without a code are of the machine, not of the call.
          if let mistake = error as? any CodedError { call.report(mistake) }
          return nil
        }
      },
      body: { arguments, context in
        var call = CheckedCall(of: parameters, arguments, registry: context.registry)
        let planned = try plan(&call)
        if let mistake = call.findings.first(where: { $0.severity == .error }) {
          throw Failure(mistake.code, mistake.message, hint: mistake.hint)
        }
        guard let plan = planned.plan else {
          preconditionFailure("`\(name)` has no plan for a call whose arguments are all known")
        }
        return try run(plan, context)
      })
  }
}

/// What a call of a command keeps to beyond what each parameter accepts: a rule of one argument, or between several.
public struct CallRule: Sendable {
  /// The one to blame.
  let parameter: String?
  let check: @Sendable (CheckedCall) throws(Failure) -> Void

  /// - Parameter check: throws where the rule is broken, and lets pass what isn't known.
  public init(on parameter: String? = nil, check: @escaping @Sendable (CheckedCall) throws(Failure) -> Void) {
    self.parameter = parameter
    self.check = check
  }

  /// Options that say something to some choices of another option only: `idle-option` with the others.
  public static func options(_ options: String..., countWith words: String..., of choice: String) -> [CallRule] {
    options.map { option in
      CallRule(on: option) { call throws(Failure) in
        guard call.isGiven(option), call.isNone(option) != true, let chosen = call.text(choice), !words.contains(chosen)
        else { return }
        throw Failure(idle: option, with: choice, chosen, countsWith: words)
      }
    }
  }
}

extension Failure {
  /// An option that says nothing to what was chosen for another: `idle-option`.
  public init(idle option: String, with choice: String, _ chosen: String, countsWith words: [String]) {
    self.init(
      "idle-option", "`\(option):` says nothing to `\(choice): \(chosen)`",
      hint: "it counts with \(words.map { "`\(choice): \($0)`" }.joined(separator: " or "))")
  }
}

extension Command {
  /// A command whose rules are looked at one by one: before the program runs with what is known of the arguments, and
  /// again when it runs.
  public convenience init(
    _ name: String, _ summary: String, _ parameters: [Parameter] = [], result: Kind = .any, isRandom: Bool = false,
    help: Help = Help(), codes: [CodeEntry] = [], rules: [CallRule], body: @escaping Body
  ) {
    self.init(
      name, summary, parameters, result: result, isRandom: isRandom, help: help, codes: codes,
      check: { call in
        for rule in rules {
          do throws(Failure) { try rule.check(call) } catch { call.report(error, on: rule.parameter) }
        }
        return nil
      },
      body: { arguments, context in
        let call = CheckedCall(of: parameters, arguments, registry: context.registry)
        for rule in rules { try rule.check(call) }
        return try body(arguments, context)
      })
  }
}

extension CheckedCall {
  /// A call of which everything is known, when the program runs.
  fileprivate init(of parameters: [Parameter], _ arguments: Arguments, registry: Registry) {
    let given = parameters.filter { arguments.given.contains($0.name) }
    self.init(
      of: parameters, Dictionary(uniqueKeysWithValues: given.map { ($0.name, Known(arguments[$0.name])) }),
      registry: registry,
      files: CheckedFiles(locate: { _ in .unknown }, written: WrittenFiles(), notes: CheckNotes()))
  }

  /// The arguments as they are when the program runs; `nil` as long as one of them isn't known.
  public var completeArguments: Arguments? {
    let (arguments, unknown) = argumentsOrDefaults()
    return unknown.isEmpty ? arguments : nil
  }

  /// What a rule gives for arguments of which all these are known; what it throws is reported on a parameter.
  ///
  /// - Parameter rule: may ask for the arguments of those names alone.
  @discardableResult public mutating func apply<Result, Mistake: CodedError>(
    _ rule: (Arguments) throws(Mistake) -> Result, to names: [String], on parameter: String? = nil
  ) -> Result? {
    guard names.allSatisfy({ value($0) != nil }) else { return nil }
    do throws(Mistake) { return try rule(argumentsOrDefaults().arguments) } catch {
      report(error, on: parameter)
      return nil
    }
  }

  /// An argument, or its default, where it is known.
  public func value(_ name: String) -> Value? { self[name].constant }

  /// An argument of a plugged-in type, where it is known; `nil` also where it is of another.
  public func object<T: ObjectValue>(_ name: String, as type: T.Type = T.self) -> T? {
    if case .object(let object)? = value(name) { object as? T } else { nil }
  }
}
