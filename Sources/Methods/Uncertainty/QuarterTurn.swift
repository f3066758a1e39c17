import Angiography
import Imaging
import Tensors

/// One of the eight ways to lay a square on itself: mirrored or not, then turned by quarters.
package struct QuarterTurn: Sendable, Hashable {
  /// From left to right, before it is turned.
  package let isMirrored: Bool
  /// Clockwise.
  package let quarters: Int

  /// The picture as it is, the first of all.
  package static let asItIs = QuarterTurn(isMirrored: false, quarters: 0)
  package static let all = [false, true].flatMap { isMirrored in
    (0..<4).map { QuarterTurn(isMirrored: isMirrored, quarters: $0) }
  }

  /// What undoes it. A mirroring undoes itself, whatever it is turned by.
  package var inverse: QuarterTurn {
    isMirrored ? self : QuarterTurn(isMirrored: false, quarters: (4 - quarters) % 4)
  }

  /// Where in the source a pixel of the result comes from, or a place between pixels.
  ///
  /// - Parameters:
  ///   - width: of the source, as is the height.
  func source<Number: SignedNumeric>(
    x: Number, y: Number, width: Number, height: Number
  ) -> (x: Number, y: Number) {
    let (u, v) =
      switch quarters {
      case 0: (x, y)
      case 1: (y, height - 1 - x)
      case 2: (width - 1 - x, height - 1 - y)
      default: (width - 1 - y, x)
      }
    return isMirrored ? (width - 1 - u, v) : (u, v)
  }
}

extension Tensor {
  /// Images `[batch, height, width, channels]`, all turned: height and width change places where the quarters are odd.
  func turned(_ turn: QuarterTurn) -> Tensor {
    guard turn != .asItIs else { return self }
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let isUpright = turn.quarters % 2 == 0
    let (newHeight, newWidth) = isUpright ? (height, width) : (width, height)
    let source = values
    var result: [Float] = []
    result.reserveCapacity(source.count)
    for item in 0..<shape[0] {
      for y in 0..<newHeight {
        for x in 0..<newWidth {
          let place = turn.source(x: x, y: y, width: width, height: height)
          let first = ((item * height + place.y) * width + place.x) * channels
          result += source[first..<first + channels]
        }
      }
    }
    return Tensor([shape[0], newHeight, newWidth, channels], values: result)
  }
}

extension Plane {
  package func turned(_ turn: QuarterTurn) -> Plane {
    guard turn != .asItIs else { return self }
    let isUpright = turn.quarters % 2 == 0
    var result = Plane(width: isUpright ? width : height, height: isUpright ? height : width)
    for y in 0..<result.height {
      for x in 0..<result.width {
        let place = turn.source(x: x, y: y, width: width, height: height)
        result[x, y] = self[place.x, place.y]
      }
    }
    return result
  }
}

extension Mask {
  package func turned(_ turn: QuarterTurn) -> Mask {
    guard turn != .asItIs else { return self }
    let isUpright = turn.quarters % 2 == 0
    var result = Mask(width: isUpright ? width : height, height: isUpright ? height : width)
    for y in 0..<result.height {
      for x in 0..<result.width {
        let place = turn.source(x: x, y: y, width: width, height: height)
        result[x, y] = self[place.x, place.y]
      }
    }
    return result
  }
}

extension Landmark {
  /// Where it comes to lie in a picture of some size that is turned.
  func turned(_ turn: QuarterTurn, width: Int, height: Int) -> Landmark {
    let isUpright = turn.quarters % 2 == 0
    let place = turn.inverse.source(
      x: x, y: y, width: Double(isUpright ? width : height), height: Double(isUpright ? height : width))
    return Landmark(x: place.x, y: place.y, confidence: confidence)
  }
}

extension Sample {
  /// The picture alone, as a method sees it, with its landmarks; the truth stays behind.
  func turned(_ turn: QuarterTurn) -> Sample {
    var landmarks = facts.landmarks
    landmarks.fovea = landmarks.fovea?.turned(turn, width: image.width, height: image.height)
    landmarks.disc = landmarks.disc?.turned(turn, width: image.width, height: image.height)
    return Sample(
      name: name, image: image.turned(turn), mask: nil, fieldOfView: fieldOfView.turned(turn), depth: depth,
      facts: SampleFacts(landmarks: landmarks))
  }
}
