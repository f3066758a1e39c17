import Imaging

/// Regions between vessels, merged and then judged one by one, after Jasiobedzki, McLeod and Taylor (Detection of non-perfused
/// zones in retinal images, IEEE Symposium on Computer-Based Medical Systems, 1991 and 1993).
package struct Regions: ClassicalSegmenter {
  package let name = "regions"
  package let title = "regions"
  package let source = "Jasiobedzki, McLeod and Taylor 1993"
  package let algorithm = """
    source: Primary regions are bounded by vessels.
    ours:   vessels by a white top-hat of radius 5 px; the watershed of it, from minima at least `depth` deep, bounds the
            regions.
    source: Boundaries are classified; neighbours are merged by texture, by intensity and by what the boundary is.
    ours:   a boundary is a vessel if the top-hat along it is above twice the field's median and above that of both its
            regions; of all pairs without a vessel between them the one nearest in mean and texture merges, while the means
            differ by less than `mean-step` and the textures by less than `texture-step` of the larger.
    source: Perfusion is judged for each merged region by a measure of texture.
    ours:   texture is what an opening by a disc of 1 px leaves and one of 2 px takes away (pixels of the image as it
            is), large vessels left out; a region is
            non-perfused if it has less than `texture` of the field's median and its mean is below `brightness` of the background.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("corrected", .plane), ("vessels", .plane), ("primary", .regions), ("texture", .plane), ("merged", .regions),
    ("probabilities", .probabilities),
  ]

  package init() {}

  package let parameters: [MethodParameter] = [
    .number("vessel-radius", 1...40, 5, unit: "px at 512", "radius of the top-hat that finds vessels"),
    .number("depth", 0...0.5, 0.02, "how deep a minimum of the top-hat has to be to begin a region"),
    .number("vessel-contrast", 1...10, 2, "how many times the field's median top-hat a vessel has"),
    .number("mean-step", 0...1, 0.08, "how far the means of merged regions may lie apart"),
    .number("texture-step", 0...1, 0.25, "how far their textures may, as a part of the larger"),
    .number("texture", 0...2, 0.5, "the part of the field's median texture below which a region is non-perfused"),
    .number("brightness", 0...2, 0.9, "the part of the background below which it is dark"),
    .number("minimum-area", 0...100_000, 100, unit: "px at 512", "smaller marks are discarded"),
  ]

  /// What is known of a region while regions merge.
  private struct Material {
    var area: Double
    var mean, texture, ridge: Double

    func joined(_ other: Material) -> Material {
      let sum = area + other.area
      func mixed(_ a: Double, _ b: Double) -> Double { (area * a + other.area * b) / sum }
      return Material(
        area: sum, mean: mixed(mean, other.mean), texture: mixed(texture, other.texture),
        ridge: mixed(ridge, other.ridge))
    }
  }

  package func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage] {
    let scale = ImageScale(of: image)
    let corrected = LightingCorrection.gaussian.corrected(image, fieldOfView: fieldOfView, scale: scale)
    let topHat = corrected.whiteTopHat(radius: scale.length(settings["vessel-radius"]), within: fieldOfView)
    let ridge = topHat.gaussianMean(sigma: scale.sigma(1), within: fieldOfView)
    let vesselLevel = settings["vessel-contrast"] * Double(ridge.percentile(50, within: fieldOfView) ?? 0)
    let primary = ridge.watershed(depth: Float(settings["depth"]), within: fieldOfView)
    let texture = corrected.fineTexture(
      within: fieldOfView, without: corrected.largeVessels(within: fieldOfView, scale: scale))
    let merged = merge(primary, corrected, texture, ridge, vesselLevel, settings)
    let background = corrected.gaussianMean(sigma: scale.sigma(40), within: fieldOfView)
    let probabilities = judge(merged, corrected, texture, background, fieldOfView, settings)
      .withoutSmallMarks(scale.area(settings["minimum-area"]))
    return [
      MethodStage("corrected", "even lighting", .plane(corrected)), MethodStage("vessels", "vessels", .plane(ridge)),
      MethodStage("primary", "primary regions", .regions(primary)),
      MethodStage("texture", "texture", .plane(texture.plane)),
      MethodStage("merged", "merged regions", .regions(merged)),
      MethodStage("probabilities", "probability", .probabilities(probabilities)),
    ]
  }

  private func merge(
    _ primary: LabelMap, _ grey: Plane, _ texture: FineTexture, _ ridge: Plane, _ vesselLevel: Double,
    _ settings: MethodSettings
  ) -> LabelMap {
    let (means, ridges) = (primary.statistics(of: grey), primary.statistics(of: ridge))
    let textures = texture.means(in: primary)
    let materials = primary.areas.indices.map { index in
      Material(
        area: Double(primary.areas[index]), mean: means[index].mean, texture: textures[index],
        ridge: ridges[index].mean)
    }
    let (meanStep, textureStep) = (settings["mean-step"], settings["texture-step"])
    var merging = RegionMerging(regions: materials, boundaries: primary.boundaries(of: ridge))
    let labels = merging.merge(
      joinRegions: { $0.joined($1) }, joinBoundaries: { $0.joined($1) },
      cost: { one, other, boundary in
        let isVessel = boundary.mean > vesselLevel && boundary.mean > max(one.ridge, other.ridge)
        let (meanGap, textureGap) = (abs(one.mean - other.mean), abs(one.texture - other.texture))
        let allowedTexture = textureStep * max(one.texture, other.texture)
        guard !isVessel, meanGap < meanStep, textureGap <= allowedTexture else { return nil }
        return meanGap / meanStep + (allowedTexture > 0 ? textureGap / allowedTexture : 0)
      })
    return primary.relabelled(labels)
  }

  /// 0.5 where a region has just the texture and the brightness that are the limits, 1 where it has neither.
  private func judge(
    _ regions: LabelMap, _ grey: Plane, _ texture: FineTexture, _ background: Plane, _ fieldOfView: Mask,
    _ settings: MethodSettings
  ) -> Plane {
    let usual = texture.median * settings["texture"]
    let (textures, means, backgrounds) = (
      texture.means(in: regions), regions.statistics(of: grey), regions.statistics(of: background)
    )
    let chances = textures.indices.map { index -> Float in
      let allowed = settings["brightness"] * backgrounds[index].mean
      let worst = max(
        usual > 0 ? textures[index] / usual : textures[index] > 0 ? 2 : 1,
        allowed > 0 ? means[index].mean / allowed : 2)
      return Float(min(1, max(0, 1 - worst / 2)))
    }
    let table = [Float(0)] + chances
    return Plane(width: grey.width, height: grey.height, pixels: regions.labels.map { table[Int($0)] })
  }
}
