import Imaging
import Tensors

/// One phantom with the parts it was made of.
package struct PhantomScene {
  package let image: Plane
  /// Non-perfusion, the vessels that cross it included.
  package let mask: Mask
  package let fieldOfView: Mask
  /// Part of each pixel covered by vessels wide enough to stay open in non-perfused retina, 0 to 1.
  package let crossingVessels: Plane
  package let eye: Eye
  package let landmarks: Landmarks

  package init(options: PhantomOptions, index: Int) {
    let root = RandomStream(seed: options.seed, path: ["phantom"]).substream(index)
    // What is the picture's and not the eye's.
    let exposure = options.visit == 1 ? root : root.substream("visit").substream(options.visit)
    let side = options.size
    var drawing = root.substream("anatomy")
    let anatomy = FundusAnatomy(stream: &drawing)
    var appearance = PhantomAppearance(darkening: options.darkening, stream: &drawing)
    if options.visit > 1 {
      drawing = exposure.substream("exposure")
      appearance.expose(stream: &drawing)
    }
    let field = anatomy.fieldOfView(side: side)
    let tree = VesselTree(
      anatomy: anatomy, tortuosity: appearance.tortuosity, calibre: appearance.calibre,
      stream: root.substream("vessels"))

    drawing = root.substream("non-perfusion")
    let fraction = options.isNegative(index) ? 0 : drawnFraction(options.nonPerfusion, stream: &drawing)
    let barrier = drawVessels(tree.segments, side: side) { $0.fromRadius > 0.0012 ? 1 : 0.4 }
    let disease = NonPerfusion(
      anatomy: anatomy, field: field, fraction: fraction, grownTo: options.grown(fraction), barrier: barrier,
      stream: &drawing)

    drawing = root.substream("lesions")
    let lesions = Lesions(side: side, anatomy: anatomy, borders: disease.borders, stream: &drawing)
    drawing = root.substream("tissue")
    var scene = tissue(
      anatomy: anatomy, appearance: appearance, disease: disease, lesions: lesions, stream: &drawing)
    drawing = root.substream("open-vessels")
    let open = openSegments(of: tree, disease: disease, stream: &drawing)
    // Narrow vessels carry less dye across their width and look dimmer.
    let vessels = drawVessels(open.wide + open.narrow, side: side) { min(1, 0.34 + $0.fromRadius * 210) }
    drawing = exposure.substream("light")
    let light = illumination(side: side, anatomy: anatomy, appearance: appearance, stream: &drawing)
    for i in scene.indices {
      let cover = min(vessels[i] * (0.35 + 0.65 * lesions.clarity[i]), 1)
      // Vessels follow the flash less than the tissue does: they are close to saturation.
      let vessel = appearance.vessel * (0.45 + 0.55 * light[i])
      scene[i] = scene[i] * light[i] * (1 - cover) + max(vessel, scene[i] * light[i]) * cover
    }
    drawing = exposure.substream("camera")
    image = photograph(scene, field: field, noise: Float(options.noise), stream: &drawing)
    mask = disease.mask
    fieldOfView = field
    crossingVessels = Plane(width: side, height: side, pixels: drawVessels(open.wide, side: side) { _ in 1 })
    eye = anatomy.eye
    landmarks = anatomy.landmarks(side: side)
  }
}

/// Branches wider than this at their root stay open in non-perfused retina.
private let openRadius: Float = 0.0026

/// Non-perfused fraction of the field: small areas more often than large ones, as in clinics.
private func drawnFraction(_ range: ClosedRange<Double>, stream: inout RandomStream) -> Double {
  let draw = Double(stream.uniform())
  return range.lowerBound + (range.upperBound - range.lowerBound) * draw * (0.6 + 0.4 * draw)
}

private func drawVessels(
  _ segments: some Sequence<VesselSegment>, side: Int, brightness: (VesselSegment) -> Float
) -> [Float] {
  var drawing = VesselDrawing(side: side)
  for segment in segments { drawing.draw(segment, brightness: brightness(segment)) }
  return drawing.light
}

/// The pieces of vessel that carry dye: all that the blood reaches without passing a closed one. In non-perfused retina
/// wide branches stay open, and by chance some of the others.
private func openSegments(
  of tree: VesselTree, disease: NonPerfusion, stream: inout RandomStream
) -> (wide: [VesselSegment], narrow: [VesselSegment]) {
  let resilience = stream.uniform(in: 0.15...0.6)
  var (wide, narrow): ([VesselSegment], [VesselSegment]) = ([], [])
  // For each branch the first segment that is closed.
  var closedFrom: [Int] = []
  for branch in tree.branches {
    let survives = stream.chance(resilience)
    let isWide = branch.radius > openRadius
    var end = branch.segments.upperBound
    if branch.parent >= 0 && branch.origin > closedFrom[branch.parent] {
      end = branch.segments.lowerBound
    } else if !isWide && !survives {
      end = branch.segments.first { disease.isNonPerfused(tree.segments[$0].to) } ?? end
    }
    closedFrom.append(end)
    let open = tree.segments[branch.segments.lowerBound..<end]
    if isWide { wide += open } else { narrow += open }
  }
  return (wide, narrow)
}
