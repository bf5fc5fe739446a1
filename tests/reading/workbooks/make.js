// Writes cases.xlsb and cases.ods beside itself with SheetJS Community Edition 0.18.5 (npm install xlsx; node make.js).
// XLSB: cells in records that leave out their column. ODS: line ends and blanks between the tags.
const sheetjs = require("xlsx");
const path = require("path");

const rows = [["Case ref", "Team", "Opened", "Number", "On hold", "Weight", "Checked", "Remark"]];
for (let at = 1; at <= 12; at++) {
  const day = new Date(Date.UTC(2026, 3, at));
  rows.push([`C${at}`, at % 2 ? "North" : null, day, at * 111, at % 3 === 0, at * 1.25, null, `first\nsecond ${at}`]);
}
const sheet = sheetjs.utils.aoa_to_sheet(rows, { cellDates: true, UTC: true, dateNF: "dd/mm/yyyy" });
for (let row = 2; row <= 13; row++) sheet[`D${row}`].z = "00000000";
sheet.G3 = { t: "e", v: 0x2a };
sheet.G5 = { t: "e", v: 0x07, f: "1/0" };
sheet.G6 = { t: "n", v: 4, f: "2*2" };
sheet.G7 = { t: "s", v: "text", f: '"te"&"xt"' };
sheet["!merges"] = [sheetjs.utils.decode_range("B2:B3")];
sheet["!rows"] = [];
sheet["!rows"][4] = { hidden: true };
sheet["!cols"] = [{}, {}, {}, {}, {}, { hidden: true }];
const book = sheetjs.utils.book_new();
sheetjs.utils.book_append_sheet(book, sheet, "Cases");
for (const kind of ["xlsb", "ods"]) {
  sheetjs.writeFile(book, path.join(__dirname, `cases.${kind}`), { bookSST: true, compression: true, UTC: true });
}
