import Angiography
import Imaging
import Methods
import Networks
import Tensors

/// What a classical method makes of one phantom angiogram with its defaults; one that learns has learnt from four others.
struct MethodWorkload: Workload {
  private let fitted: any FittedSegmenter
  private let dataset: Dataset
  private var map: Plane?

  /// Angiograms to learn from: enough for candidates of both kinds.
  private static let taught = 4

  init(_ name: String, size: Int) throws(BenchmarkError) {
    guard let method = Segmenters.tunable(named: name) else {
      throw .unknownRow("method-\(size)-\(name)")
    }
    do {
      let options = PhantomOptions(count: Self.taught + 1, size: size, seed: 2021)
      var samples: [Sample] = []
      for index in 0...Self.taught { samples.append(try phantomSample(options, index: index)) }
      dataset = Dataset(name: "timed", samples: [samples[0]])
      fitted = try method.fitted(
        with: method.initialValues, to: TrainingSet(Dataset(name: "taught", samples: Array(samples.dropFirst()))))
    } catch {
      preconditionFailure("phantoms of any size teach a method: \(error)")
    }
  }

  var operationCount: Int? { nil }

  mutating func run() throws(BenchmarkError) {
    do { map = try fitted.probabilityMaps(of: dataset).first } catch {
      preconditionFailure("a classical method marks any angiogram: \(error)")
    }
  }

  var given: [SafetensorsFile.Entry] { [entry("image", dataset.samples[0].image)] }
  var result: [SafetensorsFile.Entry] { map.map { [entry("result", $0)] } ?? [] }

  private func entry(_ name: String, _ plane: Plane) -> SafetensorsFile.Entry {
    .init(name: name, tensor: Tensor([plane.height, plane.width], values: plane.pixels))
  }
}
