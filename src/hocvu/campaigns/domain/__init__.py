"""Pure logic of campaigns: reading a plan file, states of a campaign. No framework, no clock."""
