import Angiography
import Base
import FoundationEssentials
import Networks

/// A segmenter that is no JSON file of its own, as a file of its networks: what is done with their maps stands in its metadata.
package struct SegmenterOfNetworks {
  /// As tables have it: "U-Net".
  package let title: String
  package let fitted: any FittedSegmenter

  package init(title: String, fitted: any FittedSegmenter) { (self.title, self.fitted) = (title, fitted) }

  /// Whether a file's header says that it is one.
  package static func isFile(at place: String) -> Bool { SavedNetworks.isFile(at: place) }

  /// The whole file. `engineVersion` is recorded for people to see.
  package func encoded(engineVersion: String) -> [UInt8] {
    var networks: [TrainedNetwork] = []
    let tree = SegmenterTree(of: fitted, networks: &networks)
    return SavedNetworks(networks.map(\.saved), use: jsonText(of: SegmenterUse(title: title, tree: tree)))
      .encoded(engineVersion: engineVersion)
  }

  /// Opens a file that may be anything.
  ///
  /// - Parameters:
  ///   - place: from the root.
  ///   - path: for messages.
  /// - Throws: `SavingError`; `MethodError` (`not-a-segmenter`) where what is done with the networks can't be.
  package init(opening place: String, writtenAs path: String) throws {
    let saved = try SavedNetworks(opening: place)
    let use = try SegmenterUse(saved.use, at: path)
    do {
      let networks = try saved.networks.map { network in
        guard let network = try TrainedNetwork(network) else { throw SavingError.notASegmenter(path: path) }
        return network
      }
      self.init(title: use.title, fitted: try use.tree.fitted(networks, at: path))
    } catch let mistake as SegmenterTree.Mistake {
      throw MethodError.noSegmenter(path: path, mistake.reason)
    } catch let error as FeatureError {
      throw MethodError.noSegmenter(path: path, error.message)
    }
  }

  /// What the header of a file says of its networks, which are all shown the same of an image; weights are not read.
  ///
  /// - Throws: as `init(opening:writtenAs:)`, but for what is wrong with weights, or with a part without networks.
  package static func outline(of place: String, writtenAs path: String) throws -> [SavedNetworkOutline] {
    let outline = try SavedNetworksOutline(probing: place)
    let use = try SegmenterUse(outline.use, at: path)
    do throws(SegmenterTree.Mistake) { try use.tree.check(networkCount: outline.networks.count) } catch {
      throw MethodError.noSegmenter(path: path, error.reason)
    }
    return outline.networks
  }
}

/// What is done with the maps of a file's networks, and how tables call that.
private struct SegmenterUse: Codable {
  let title: String
  let tree: SegmenterTree

  init(title: String, tree: SegmenterTree) { (self.title, self.tree) = (title, tree) }

  /// Reads JSON text that may be anything.
  init(_ text: String, at path: String) throws(MethodError) {
    do {
      // A tree of ours has three levels of nodes, two lines of nesting each.
      _ = try JSON(decoding: Array(text.utf8)[...], deepest: 10)
      self = try JSONDecoder().decode(SegmenterUse.self, from: Data(text.utf8))
    } catch {
      throw .noSegmenter(path: path, "what is done with its networks does not read as that")
    }
    guard !title.allSatisfy(\.isWhitespace) else { throw .noSegmenter(path: path, "its title is empty") }
  }
}
