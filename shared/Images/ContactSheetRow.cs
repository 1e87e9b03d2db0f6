namespace RdmCloud.Images;

/// <summary>One row of a contact sheet: its label, such as a prompt, and a picture for each column.</summary>
public sealed record ContactSheetRow(string Label, IReadOnlyList<ContactSheetCell> Cells);
