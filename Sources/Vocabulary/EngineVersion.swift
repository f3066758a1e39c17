/// The version that books ask for, reports state and saved networks carry.
public let engineVersion = "0.1.0"
