// swift-tools-version: 6.1
// cnp: segmentation of capillary non-perfusion in fluorescein angiograms, from a REPL and from notebook files.
import PackageDescription

/// Every module of ours treats warnings as errors and speaks Swift 6.
let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

/// One floor of the house: the module and what it may import, which always stands below it.
func floor(_ name: String, on below: [Target.Dependency] = [], notCompiled: [String] = []) -> Target {
  .target(name: name, dependencies: below, exclude: notCompiled, swiftSettings: strict)
}

/// The tests of one module, with their fixtures beside them.
func tests(of name: String, and others: [Target.Dependency] = [], fixtures: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + others, exclude: fixtures, swiftSettings: strict)
}

/// A C library from Debian, imported through its own module map.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// Links the Swift runtime into the program, as the Makefile asks where the toolchain has it as archives: a dynamic linker
/// that has no runtime to find and relocate starts it in 11 ms instead of 17.
let runtime =
  Context.environment["CNP_STATIC_RUNTIME"] ?? "" == ""
  ? []
  : ["-static-stdlib"]
    + ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections"].flatMap {
      ["-Xlinker", "-l\($0)"]
    }

/// libFuzzer's target, whose `main` comes with the sanitizer: declared only where the Makefile builds with that.
let coverage: [Target] =
  Context.environment["CNP_FUZZ_COVERAGE"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz-coverage", dependencies: ["Fuzzing", "Language"], path: "Tests/FuzzCoverage",
      swiftSettings: [.unsafeFlags(["-warnings-as-errors", "-parse-as-library"])])
  ]

/// Several processes that do one run, linked by Open MPI: declared only where the Makefile builds with `MPI=1`.
let isForRanks = Context.environment["CNP_MPI"] ?? "" != ""
let ranks: [Target] =
  isForRanks
  ? [floor("MPILink", on: ["Base", "CMPI"]), system("CMPI", pkgConfig: "ompi-c", apt: "libopenmpi-dev")] : []

let package = Package(
  name: "cnp",
  products: [.executable(name: "cnp", targets: ["cnp"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "cnp",
      dependencies: [
        "Terminal", "Books", "Vocabulary", "Language", "Benchmarks", "Kernels", "Base",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ] + (isForRanks ? ["MPILink"] : []),
      exclude: ["packaging"], swiftSettings: strict + (isForRanks ? [.define("CNP_MPI")] : []),
      linkerSettings: [.unsafeFlags(runtime)]),
    floor(
      "Terminal",
      on: [
        "Imaging", "Base", "Books", "Vocabulary", "Figures", "Angiography", "Kernels", "Language", "CReadline",
        "CChafa",
      ]),
    floor(
      "Books",
      on: [
        "Imaging", "Base", "Vocabulary", "Figures", "Angiography", "Language", "CMark", "Yams",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    floor(
      "Vocabulary",
      on: ["Imaging", "Base", "Kernels", "Figures", "Methods", "Angiography", "Networks", "Tensors", "Language"]),
    floor("Methods", on: ["Base", "Imaging", "Angiography", "Networks", "Tensors", "Kernels"]),
    floor("Figures", on: ["Imaging", "Base", "Angiography", "CCairo"]),
    floor("Angiography", on: ["Base", "Imaging", "Networks", "Tensors", "Kernels"]),
    floor(
      "Benchmarks", on: ["Base", "Methods", "Angiography", "Imaging", "Networks", "Tensors", "Kernels"],
      notCompiled: ["peers"]),
    floor("Networks", on: ["Tensors", "Kernels", "Base"]),
    floor("Tensors", on: ["Kernels", "Base"]),
    floor("Imaging", on: ["Base", "Kernels", "CPNG", "CTurboJPEG", "CTIFF", "CFFTW"]),
    floor("Kernels", on: ["CMachine"]),
    floor("Language", on: ["Base", .product(name: "HashTreeCollections", package: "swift-collections")]),
    floor("Base", on: ["CDigest", "CFiles"]),
    system("CReadline", pkgConfig: "readline", apt: "libreadline-dev"),
    system("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
    system("CFFTW", pkgConfig: "fftw3", apt: "libfftw3-dev"),
    system("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
    system("CChafa", pkgConfig: "chafa", apt: "libchafa-dev"),
    system("CMark", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-dev"),
    system("CDigest", pkgConfig: "nettle", apt: "nettle-dev"),
    .target(name: "CMachine"),
    .target(name: "CFiles"),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CTIFF", linkerSettings: [.linkedLibrary("tiff")]),
    tests(of: "Language", and: ["Base", "Fuzzing"], fixtures: ["Corpus"]),
    tests(of: "Kernels"),
    tests(of: "Imaging", fixtures: ["Fixtures"]),
    tests(of: "Base", and: ["ThreadRanks"]),
    tests(of: "Tensors", and: ["Base", "ThreadRanks"]),
    tests(
      of: "Networks", and: ["Base", "Tensors", "Kernels", "ThreadRanks"], fixtures: ["Fixtures", "make_fixtures.py"]),
    tests(of: "Benchmarks", and: ["Methods", "Tensors", "Networks", "Base"]),
    tests(of: "Angiography", and: ["Methods", "Imaging", "Base", "Tensors", "Fuzzing"], fixtures: ["Fixtures"]),
    tests(of: "Methods", and: ["Angiography", "Imaging", "Networks", "Tensors"], fixtures: ["Fixtures"]),
    tests(of: "Figures", and: ["Imaging", "Angiography"]),
    tests(
      of: "Vocabulary", and: ["Imaging", "Base", "Language", "Figures", "Angiography", "Networks", "Tensors"],
      fixtures: ["Corpus"]),
    tests(
      of: "Books", and: ["Imaging", "Base", "Language", "Vocabulary", "Figures", "Angiography", "ThreadRanks"],
      fixtures: ["expect", "failure", "record"]),
    tests(of: "Terminal", and: ["Imaging", "Base", "Figures", "Language", "Vocabulary", "Books", "Fuzzing"]),
    .target(name: "ThreadRanks", dependencies: ["Base"], path: "Tests/ThreadRanks", swiftSettings: strict),
    .target(name: "Fuzzing", dependencies: ["Base", "Language"], path: "Tests/Fuzzing", swiftSettings: strict),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Fuzzing", "Books", "Vocabulary", "Angiography", "Imaging", "Networks", "Base", "Language",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/FuzzRunner", swiftSettings: strict),
  ] + coverage + ranks,
  swiftLanguageModes: [.v6]
)
