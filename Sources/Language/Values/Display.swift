/// What `print` writes for a value: numbers with up to 6 significant digits, texts bare.
public func display(_ value: Value) -> String { "" }
