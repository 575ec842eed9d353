"""What leaves as a file: papers and attestations."""
