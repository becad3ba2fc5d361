// The search box: looks through INDEX (index.js), which the report brings along.
(function () {
	"use strict";
	var MOST = 30;
	var form = document.getElementById("search"), box = document.getElementById("query");
	var list = document.getElementById("found"), count = document.getElementById("count");
	var root = document.body.getAttribute("data-root");

	// How well an entry fits: the lower the better, -1 if a word is nowhere in it.
	function fit(entry, words) {
		var name = entry[0].toLowerCase(), all = (entry[0] + " " + entry[1] + " " + entry[3]).toLowerCase();
		var sum = 0;
		for (var i = 0; i < words.length; i++) {
			if (all.indexOf(words[i]) < 0)
				return -1;
			var at = name.indexOf(words[i]);
			sum += name === words[i] ? 0 : at === 0 ? 1 : at > 0 ? 2 : 3;
		}
		return sum + name.length / 1000;
	}

	function search(text) {
		var words = text.toLowerCase().split(/\s+/).filter(Boolean);
		if (!words.length)
			return [];
		return INDEX.map(function (e) { return [fit(e, words), e]; })
			.filter(function (r) { return r[0] >= 0; })
			.sort(function (a, b) { return a[0] - b[0]; })
			.map(function (r) { return r[1]; });
	}

	function show() {
		var found = search(box.value);
		list.textContent = "";
		found.slice(0, MOST).forEach(function (entry) {
			var item = document.createElement("li"), a = document.createElement("a"), kind = document.createElement("span");
			a.href = root + entry[2];
			a.textContent = entry[0] + " ";
			kind.textContent = entry[1];
			a.appendChild(kind);
			item.appendChild(a);
			list.appendChild(item);
		});
		count.textContent = !box.value.trim() ? "" : found.length === 0 ? "nothing found"
			: found.length > MOST ? "the best " + MOST + " of " + found.length : found.length + " found";
	}

	// Arrow keys walk from the box through what was found, and back.
	function walk(event) {
		var links = Array.prototype.slice.call(list.querySelectorAll("a"));
		var at = links.indexOf(document.activeElement);
		if (event.key === "Escape") {
			box.value = "";
			show();
			box.focus();
		} else if (event.key === "ArrowDown" && at + 1 < links.length) {
			links[at + 1].focus();
		} else if (event.key === "ArrowUp" && at >= 0) {
			(at === 0 ? box : links[at - 1]).focus();
		} else {
			return;
		}
		event.preventDefault();
	}

	form.hidden = false;
	box.addEventListener("input", show);
	form.addEventListener("keydown", walk);
	form.addEventListener("submit", function (event) {
		event.preventDefault();
		var first = list.querySelector("a");
		if (first)
			first.click();
	});
	document.addEventListener("keydown", function (event) {
		if (event.key === "/" && document.activeElement !== box) {
			event.preventDefault();
			box.focus();
		}
	});
})();
