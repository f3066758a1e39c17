import Networks

/// How well several machines would share the steps of the paper's training, by arithmetic: nothing of it is measured but the
/// step on this machine.
///
/// Each machine has as many images of a batch as here, so the time of its arithmetic stays, and what it waits for comes on top:
/// gradients, of which every byte passes the network twice, and numbers from all to all for each batch norm, forward and back,
/// in as many rounds as a tree has floors.
public struct RankEfficiency: Sendable {
  /// A network between machines.
  public struct Network: Sendable {
    public let name: String
    /// In a second and one direction.
    let bytes: Double
    /// Of a message between two machines, in seconds.
    let latency: Double
  }

  /// Ethernet by way of the operating system, and a network whose cards write to memory themselves.
  public static let networks = [
    Network(name: "10 Gbit/s, 30 µs", bytes: 10e9 / 8, latency: 30e-6),
    Network(name: "100 Gbit/s, 2 µs", bytes: 100e9 / 8, latency: 2e-6),
  ]
  public static let machines = [2, 4, 8, 16, 32, 64]

  /// Images on each machine.
  public let images: Int
  /// Of a step on one.
  private let seconds: Double
  private let exchange: StepExchange

  /// - Parameter seconds: that a step of the paper's networks takes on one machine.
  package init(stepSeconds seconds: Double, images: Int, exchange: StepExchange) {
    (self.seconds, self.images, self.exchange) = (seconds, images, exchange)
  }

  /// Of the paper's training with the step that was measured or estimated.
  public init(_ paper: PaperTraining) {
    let scale = SystemScale(width: PaperTraining.width, side: PaperTraining.side)
    let (generator, discriminator) = LearnedSystem.pixelGAN.architectures(scale)
    self.init(
      stepSeconds: paper.wholeStep, images: TrainingOptions.defaultBatch,
      exchange: StepExchange(of: generator, against: discriminator, TrainingOptions()))
  }

  /// Bytes that each of so many machines sends in a step.
  public func bytesSent(machines: Int) -> Double { exchange.bytesSent(byOneOf: machines, images: images * machines) }

  /// Seconds of arithmetic in a step's seconds, in (0, 1].
  ///
  /// - Parameter hidden: whether gradients travel while the passes go on that compute them, of a step's eleven (by
  ///   `TrainingWork`) the two of G and the four of D: at most so much is hidden. Else all wait for them. What happens lies
  ///   between the two.
  public func efficiency(machines: Int, over network: Network, gradientsHidden hidden: Bool) -> Double {
    let sent = bytesSent(machines: machines)
    let numbers = 8 * Double(exchange.numbersPerImage * images * (machines - 1))
    var rounds = 0
    while 1 << rounds < machines { rounds += 1 }
    let waiting = Double(exchange.gatherings * rounds) * network.latency + numbers / network.bytes
    let gradients = max(0, (sent - numbers) / network.bytes - (hidden ? seconds * 6 / 11 : 0))
    return seconds / (seconds + waiting + gradients)
  }
}
