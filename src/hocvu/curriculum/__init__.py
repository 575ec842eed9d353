"""Programme, lessons in versions, remarks and approval, practice tasks."""
