print("cnp")
