"""The one script of the overview: a click on a column's head sorts the table; without scripts it stays by name."""

from chorale.app.marking.pages.html import Raw

__all__ = ["SORTING"]

_SCRIPT = """
document.querySelectorAll("table.sortable").forEach(function (table) {
  var heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach(function (head, column) {
    var button = head.querySelector("button");
    if (!button) { return; }
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var rows = Array.from(table.tBodies[0].rows);
      var value = function (row) {
        var cell = row.cells[column], text = cell.textContent.trim();
        var plain = text.replace("¼", ".25").replace("½", ".5").replace("¾", ".75");
        return plain === "" || isNaN(Number(plain)) ? text : Number(plain);
      };
      rows.sort(function (one, other) {
        var a = value(one), b = value(other);
        var words = typeof a === "string" || typeof b === "string";
        var order = words ? String(a).localeCompare(String(b)) : a - b;
        return down ? -order : order;
      });
      rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    });
  });
});
"""
# HTML reads a script as it stands, XML reads references in it: so that both agree, it holds no ampersand or angle.
SORTING = Raw(f"<script>{_SCRIPT}</script>")
