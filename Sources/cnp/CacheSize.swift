import ArgumentParser

/// How much a run may keep of what it has computed.
struct CacheSize: ParsableArguments {
  @Option(
    name: .customLong("cache-limit"),
    help: "How much the cache may hold, such as 500M or 8G; what was not of use for longest goes first.")
  var limit: ByteCount = ByteCount(bytes: 8 << 30)
}
