/// Sorts ascending in three passes over 11 bits each: for millions of numbers of which many are the same.
package func radixSort(_ numbers: inout [UInt32]) {
  var sorted = numbers
  for shift in [UInt32(0), 11, 22] {
    var places = [Int](repeating: 0, count: 1 << 11)
    for number in numbers { places[Int(number >> shift & 0x7ff)] += 1 }
    var next = 0
    for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
    for number in numbers {
      let digit = Int(number >> shift & 0x7ff)
      sorted[places[digit]] = number
      places[digit] += 1
    }
    swap(&numbers, &sorted)
  }
}
