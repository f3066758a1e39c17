import Imaging
import Language

extension Command {
  static let hessian = Command(
    "hessian", "how a picture bends: eigenvalues of its second derivatives",
    [
      Picture.parameter,
      .option("sigma", .number(.pixels, .within(0.5...50)), default: .number(2, .pixels), "the Gaussian's width σ"),
      Picture.within,
    ],
    result: .record,
    help: Help(
      "A record of images: `larger` and `smaller`, in grey values a pixel², and `angle`, that of the larger one's direction from "
        + "the x axis downward, in radians, (−π/2, π/2]. On a bright ridge `smaller` is negative and `angle` runs along it.",
      examples: ["h = hessian (phantom 1 size: 64)[0] sigma: 1.5", "show (clip (h.smaller * -50))"],
      method: "Derivatives of the normalised convolution with a Gaussian cut at 4 σ.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    return picture.record(of: picture.plane.hessian(sigma: arguments.number("sigma"), within: picture.field))
  }

  static let structureTensor = Command(
    "structure-tensor", "where a picture's edges and ridges run, and how clearly",
    [
      Picture.parameter,
      .option(
        "sigma", .number(.pixels, .within(0.5...50)), default: .number(1, .pixels), "σ of the gradient's Gaussian"),
      .option(
        "rho", .number(.pixels, .within(0.5...50)), default: .number(3, .pixels),
        "ρ of the Gaussian that products are averaged by"),
      Picture.within,
    ],
    result: .record,
    help: Help(
      "A record of images: the eigenvalues `larger` and `smaller`, in squared grey values a pixel², and `angle`, that of the larger "
        + "one's direction from the x axis downward, in radians, (−π/2, π/2]: it runs across edges and ridges. (larger − smaller) "
        + "÷ (larger + smaller) says how clear the direction is.",
      examples: ["t = structure-tensor (phantom 1 size: 64)[0]", "show (clip (t.larger * 100))"],
      method: "Förstner and Gülch 1987; Weickert, Anisotropic Diffusion in Image Processing, §2.2.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    return picture.record(
      of: picture.plane.structureTensor(
        sigma: arguments.number("sigma"), rho: arguments.number("rho"), within: picture.field))
  }
}

extension Picture {
  fileprivate func record(of tensors: TensorPlanes) -> Value {
    .record(
      Record([
        "larger": value(tensors.larger), "smaller": value(tensors.smaller), "angle": value(tensors.angle),
      ]))
  }
}
