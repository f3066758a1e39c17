import Language

/// Every code that commands and their values give besides the language's own, by what they are about.
public let commandCodes: [(title: String, entries: [CodeEntry])] = [
  ("Datasets and figures", dataCodes), ("Files", fileCodes), ("Networks", networkCodes),
]
